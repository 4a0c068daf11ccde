"""Who may: one table, asked at the door, at the case and at the row."""
