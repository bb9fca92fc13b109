"""Changes to an assessment: verdicts, evidence, workbooks, and other editions."""
