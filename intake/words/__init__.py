"""WHAT IT IS CALLED: the words people read for every code that the rules and tables keep."""
