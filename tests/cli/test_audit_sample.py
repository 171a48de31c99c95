"""se-engine audit sample: the same cases from the same records and seed, and no reference for auditors."""

ASKED = ("audit", "sample", "--office", "Lakselv", "--from", "2026-01-01", "--to", "2026-06-30", "--seed", "7")
COLUMNS = (
    "participant_ref,given_name,family_name,birth_year,sex,languages,interpreter_language,norwegian_listening,"
    "norwegian_reading,norwegian_speaking,norwegian_writing,scheme,office,job_specialist,referred_on\n"
)
PARTICIPANTS = COLUMNS + "".join(f"P{n},Pat,Example,,,,,,,,,,Lakselv,jo@example.org,\n" for n in range(4))
HISTORY = "participant_ref,office,event,happened_on,step,reason,waiting_for,recorded_on\n" + "".join(
    f"P{n},Lakselv,opened,2026-02-0{n + 1},,,,\n" for n in range(4)
)


def test_an_office_with_four_cases(se, tmp_path):
    for name, text in (("participants", PARTICIPANTS), ("history", HISTORY)):
        (tmp_path / f"{name}.csv").write_text(text)
        se("import", name, tmp_path / f"{name}.csv", *(["--create"] if name == "participants" else []))
    told = se.json(*ASKED, "--size", "2")
    assert told == se.json(*ASKED, "--size", "2")
    assert told["cases"] == ["P1", "P2"]
    assert told["strata"] == [{"stratum": ["engagement", "running", 1], "size": 4, "drawn": 2}]
    assert len(told["frame_hash"]) == 64
    refused = se(*ASKED, "--size", "12", exits=1)
    assert refused.stderr == "There are only 4 cases to draw from, so 12 cannot be drawn. Draw all 4, or fewer.\n"
    se("user", "add", "--email", "ida@example.org", "--name", "Ida", "--role", "auditor", "--password-stdin",
       typed="correct horse battery\n")  # fmt: skip
    assert se.json(*ASKED, "--size", "2", "--as", "ida@example.org", exits=1)["code"] == "not_found"
    assert se.json(*ASKED, "--size", "2", "--as", "jo@example.org", exits=1)["code"] == "not_permitted"
