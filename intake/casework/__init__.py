"""What may happen to a case, and in what order."""
