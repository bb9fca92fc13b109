"""What reports on an assessment say."""
