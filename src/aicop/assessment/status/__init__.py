"""What an assessment answers: states, status, next steps, changes, relevance and gates."""
