"""Jobs over the API: begun, changed, subsidised, away from, ended, and searched anew."""

import threading

ON = "2026-03-10"
NEW = {
    "started_on": ON, "employer": "Byens Bakeri AS", "occupation": "baker", "occupation_code": "7512",
    "hours_per_week": 20, "contract": "temporary", "paid": True, "planned_until": "2026-12-31",
}  # fmt: skip


def made(answer, status=201):
    assert answer.status_code == status, answer.json
    return answer.json


def begun(world, **more):
    return made(world.jo.post(f"/cases/{world.case}/jobs", {**NEW, **more}))


def shown_of(world):
    return world.jo.get(f"/cases/{world.case}/jobs").json


def test_a_job_has_its_terms_over_time(world):
    kept = world.jo.post(f"/cases/{world.case}/jobs", NEW, **{"Idempotency-Key": "one"})
    assert world.jo.post(f"/cases/{world.case}/jobs", NEW, **{"Idempotency-Key": "one"}).json == made(kept)
    assert "baker" not in kept.text.casefold()
    path = f"/jobs/{kept.json['job_id']}"
    hours = made(world.jo.post(f"{path}/changes", {"what": "hours", "happened_on": "2026-05-01", "number": 25.5}))
    leader = {"what": "leader", "happened_on": "2026-06-01", "words": "The shift leader"}
    wrong = made(world.jo.post(f"{path}/changes", leader))
    made(world.jo.post(f"{path}/changes/{wrong['change_id']}/void", {"why": "Another bakery"}), 200)
    again = world.jo.post(f"{path}/changes/{wrong['change_id']}/void", {"why": "x"})
    assert (again.status_code, again.json["code"]) == (422, "already_voided")
    lacks = world.jo.post(f"{path}/changes", {"what": "hours", "happened_on": "2026-05-01"})
    assert (lacks.status_code, lacks.json["code"]) == (422, "change_needs_value")

    shown = shown_of(world)
    [job] = shown["jobs"]
    assert [(one["from_on"], one["hours"]) for one in job["terms"]] == [(ON, 20), ("2026-05-01", 25.5)]
    assert [(one["change_id"], one["voided"]) for one in job["changes"]] == [
        (hours["change_id"], False), (wrong["change_id"], True),
    ]  # fmt: skip
    assert (job["employer"], job["occupation"], job["terms"][0]["occupation_code"]) == (
        NEW["employer"],
        "baker",
        "7512",
    )
    labels = {one["key"]: (one["value"], one["version"]) for one in shown["labels"]}
    assert labels["job_started"] == ("yes", 1)
    assert labels["sustained"][0] in {"no", "not_known"}


def test_what_looks_wrong_is_asked_about_first(world):
    begun(world, hours_per_week=37.5)
    second = {**NEW, "employer": "Havna Hotell", "hours_per_week": 35}
    asked = world.jo.post(f"/cases/{world.case}/jobs", second)
    assert (asked.status_code, asked.json["code"]) == (422, "full_time_jobs_overlap")
    made(world.jo.post(f"/cases/{world.case}/jobs", {**second, "stands": ["overlap"]}))
    unknown = world.jo.post(f"/cases/{world.case}/jobs", {**second, "occupation_code": "9998", "stands": ["overlap"]})
    assert (unknown.status_code, unknown.json["code"]) == (422, "occupation_unknown")
    nowhere = world.jo.post(f"/cases/{world.case}/jobs", {"started_on": ON})
    assert (nowhere.status_code, nowhere.json["code"]) == (422, "job_needs_employer")


def test_a_job_ends_as_seen_and_a_new_search_is_offered(world):
    kept = begun(world)
    path, tag = f"/jobs/{kept['job_id']}", kept["etag"]
    end = {"ended_on": "2026-07-31", "reason": "employer", "cause": "work_over", "words": {"her_words": "I liked it"}}
    early = world.jo.post(f"{path}/new-search", {"offered_on": "2026-08-01", "answer": "yes"})
    assert (early.status_code, early.json["code"]) == (422, "job_still_runs")
    assert world.jo.post(f"{path}/end", end).status_code == 428
    before = world.jo.post(f"{path}/end", {**end, "ended_on": "2026-03-01"}, **{"If-Match": tag})
    assert (before.status_code, before.json["code"]) == (422, "ends_before_it_starts")
    ended = world.jo.post(f"{path}/end", end, **{"If-Match": tag})
    assert made(ended, 200)["ended_on"] == "2026-07-31"
    assert ended.headers["ETag"] not in (tag, None)
    assert world.jo.post(f"{path}/end", end, **{"If-Match": tag}).status_code == 412
    told = {"words": {"worked_employer": "Always on time", "her_words": "I liked it"}}
    assert made(world.jo.post(f"{path}/words", told))["parts"] == ["worked_employer"]
    offer = {"offered_on": "2026-08-03", "answer": "yes", "words": "As soon as I can"}
    assert "soon" not in str(made(world.jo.post(f"{path}/new-search", offer)))
    [job] = shown_of(world)["jobs"]
    assert (job["end_reason"], job["end_cause"], job["searches"][0]["words"]) == (
        "employer", "work_over", "As soon as I can",
    )  # fmt: skip
    assert [(one["part"], one["words"]) for one in job["texts"]] == [
        ("her_words", "I liked it"), ("worked_employer", "Always on time"),
    ]  # fmt: skip


def test_a_placement_is_continued_by_a_job(world):
    placement = begun(world, contract="work_training", paid=False, planned_until="2026-06-01")
    job = begun(world, started_on="2026-05-01", follows_id=placement["job_id"], contract="permanent")
    assert job["follows_id"] == placement["job_id"]
    paid, unpaid = shown_of(world)["jobs"]
    assert (paid["paid"], unpaid["paid"], unpaid["ended_on"]) == (True, False, "2026-04-30")
    assert paid["longest_until"] is None
    assert unpaid["longest_until"] > "2026-06-01"


def test_nav_decides_about_a_subsidy(world):
    job = begun(world)
    asked = world.jo.post(f"/jobs/{job['job_id']}/subsidies", {"kind": "wage_subsidy", "applied_on": ON})
    path, tag = f"/subsidies/{made(asked)['subsidy_id']}", asked.headers["ETag"]
    step = {"from_on": "2026-04-01", "percent": 60}
    assert world.jo.post(f"{path}/steps", step).json["code"] == "subsidy_not_granted"
    yes = {
        "decision": "granted", "decided_on": "2026-03-20", "from_on": "2026-04-01", "until_on": "2027-03-31",
        "steps": [step],
    }  # fmt: skip
    assert world.jo.post(f"{path}/decision", yes).status_code == 428
    granted = world.jo.post(f"{path}/decision", yes, **{"If-Match": tag})
    assert made(granted, 200)["decision"] == "granted"
    assert world.jo.post(f"{path}/decision", yes, **{"If-Match": tag}).status_code == 412
    made(world.jo.post(f"{path}/steps", {"from_on": "2026-10-01", "percent": 50}))
    shorter = world.jo.post(f"{path}/end", {"until_on": "2026-12-31"}, **{"If-Match": granted.headers["ETag"]})
    made(shorter, 200)
    [subsidy] = shown_of(world)["jobs"][0]["subsidies"]
    assert (subsidy["until_on"], [one["percent"] for one in subsidy["steps"]]) == ("2026-12-31", [60, 50])
    made(world.jo.post(f"{path}/void", {"why": "Another job"}, **{"If-Match": subsidy["etag"]}), 200)
    assert shown_of(world)["jobs"][0]["subsidies"] == []


def test_a_subsidy_may_come_before_the_job(world):
    case = f"/cases/{world.case}"
    track = made(world.jo.post(f"{case}/tracks", {"opened_on": "2026-03-02", "employer": NEW["employer"]}))
    ahead = {"kind": "inclusion", "applied_on": "2026-03-05", "employer_id": track["employer_id"]}
    kept = made(world.jo.post(f"{case}/subsidies", ahead))
    assert [one["subsidy_id"] for one in shown_of(world)["subsidies_ahead"]] == [kept["subsidy_id"]]
    begun(world)
    shown = shown_of(world)
    assert (shown["subsidies_ahead"], len(shown["jobs"][0]["subsidies"])) == ([], 1)
    assert world.jo.post(f"{case}/subsidies", {**ahead, "employer_id": 10**9}).status_code == 404


def test_absences_hold_days_and_followed_up_points(world):
    job = begun(world)
    kept = world.jo.post(f"/jobs/{job['job_id']}/absences", {"kind": "sickness", "from_on": "2026-05-04"})
    path, tag = f"/work-absences/{made(kept)['absence_id']}", kept.headers["ETag"]
    assert "sickness" not in kept.text
    assert world.jo.post(f"/jobs/{job['job_id']}/absences", {"kind": "leave", "from_on": "2026-05-05"}).json[
        "code"
    ] == ("already_away")
    from se_engine.follow_up_plans import newest

    point = newest().absence_points[0].key
    made(world.jo.post(f"{path}/points", {"point": point, "followed_up": False, "happened_on": "2026-06-01"}))
    made(world.jo.post(f"{path}/points", {"point": point, "followed_up": True, "happened_on": "2026-06-08"}))
    back = {"until_on": "2026-06-30"}
    assert world.jo.post(f"{path}/end", back).status_code == 428
    made(world.jo.post(f"{path}/end", back, **{"If-Match": tag}), 200)
    assert world.jo.post(f"{path}/end", back, **{"If-Match": tag}).status_code == 412
    [away] = shown_of(world)["jobs"][0]["absences"]
    assert (away["kind"], away["until_on"]) == ("sickness", "2026-06-30")
    assert away["points"] == [{"point": point, "followed_up": True, "happened_on": "2026-06-08"}]
    for who in ("far", "ida", "adam"):
        assert world.systems[who].post(f"{path}/end", back, **{"If-Match": "*"}).status_code == 404
    made(world.jo.post(f"{path}/void", {"why": "Another week"}, **{"If-Match": away["etag"]}), 200)
    assert world.jo.post(f"{path}/points", {"point": point, "followed_up": True, "happened_on": ON}).status_code == 404
    assert shown_of(world)["jobs"][0]["absences"] == []


def test_jobs_are_for_those_who_may_open_the_case(world):
    job = begun(world)
    path = f"/jobs/{job['job_id']}"
    subsidy = made(world.jo.post(f"{path}/subsidies", {"kind": "mentor", "applied_on": ON}))
    seen = {"If-Match": "*"}
    for who in ("far", "ida", "adam"):
        system = world.systems[who]
        assert system.get(f"/cases/{world.case}/jobs").status_code == 404
        assert system.post(f"/cases/{world.case}/jobs", NEW).status_code == 404
        assert system.post(f"{path}/words", {"words": {"next": "x"}}).status_code == 404
        assert system.post(f"{path}/end", {"ended_on": ON, "reason": "mutual"}, **seen).status_code == 404
        assert system.post(f"/subsidies/{subsidy['subsidy_id']}/void", {"why": "x"}, **seen).status_code == 404
    assert world.reader.post(f"{path}/subsidies", {"kind": "mentor", "applied_on": ON}).status_code == 403
    assert ("case_read", world.case) not in world.trail("what", "case_id")
    shown_of(world)
    assert ("case_read", world.case) in world.trail("what", "case_id")


def test_of_two_who_have_seen_the_same_one_is_too_late(world):
    job = begun(world)
    made(world.jo.post(f"/jobs/{job['job_id']}/absences", {"kind": "leave", "from_on": "2026-05-04"}))
    [away] = shown_of(world)["jobs"][0]["absences"]
    answers = []

    def send(day):
        seen = {"If-Match": away["etag"]}
        answers.append(world.jo.post(f"/work-absences/{away['absence_id']}/end", {"until_on": day}, **seen))

    threads = [threading.Thread(target=send, args=[f"2026-06-0{number}"]) for number in range(1, 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412]
