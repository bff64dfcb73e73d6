"""The room where people work on one story together: who is here, hand-overs, notes, notices."""
