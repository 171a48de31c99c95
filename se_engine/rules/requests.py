"""What a supervisor is asked, what she is only told, and what she may answer."""

QUESTIONS = ("exception", "empty_cell", "end_cause", "hidden_note", "change_of_owner")
ABOUT_A_MOVE = ("exception", "empty_cell")
"""Questions that a move waits for: granted, they open it in this stay."""
NOTICES = ("notice", "pause_renewed", "child_interpreted", "told_too_much", "partner_without_consent")
ANSWERS = ("granted", "declined")
