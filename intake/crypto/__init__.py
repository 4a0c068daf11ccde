"""How words are kept: sealed under a key of their own case, in the one place they belong."""
