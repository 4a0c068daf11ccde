"""Pass It On: a school's concern about a child, and the right people acting on it tonight."""
