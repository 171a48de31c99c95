"""Addresses that many pages begin with; numbers that no database could hold are no addresses."""

ID = "int(min=1, max=9223372036854775807)"
CASE = f"/cases/<{ID}:case_id>"
PARTICIPANT = f"/participants/<{ID}:participant_id>"
