"""THE PRACTICE COPY: invented organisations, people and a fortnight of history, to try the program out."""
