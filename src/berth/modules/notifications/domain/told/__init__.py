"""What is told of closings, of saved searches, and of series: more than of one reservation."""
