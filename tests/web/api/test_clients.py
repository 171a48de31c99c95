"""Who may call: tokens, scopes, revoking, and no cookies."""

import pytest

from tests.support.people import transaction


def test_without_a_known_token_nothing_is_told(world):
    for header in ("", "Bearer wrong", "Bearer", "Basic am86am8=", "Token abc"):
        answer = world.nobody.get(f"/cases/{world.case}", Authorization=header)
        assert (answer.status_code, answer.json["code"]) == (401, "token_unknown"), header
        assert answer.headers["WWW-Authenticate"].startswith("Bearer realm=")
        assert ("invalid_token" in answer.headers["WWW-Authenticate"]) == bool(header)


def test_a_revoked_token_is_shut_out_at_once(world, clock):
    from se_engine.actions.api_clients import revoke_api_client
    from se_engine.rules.roles import OPERATOR

    assert world.jo.get("/cases").status_code == 200
    with transaction(world.database, clock) as session:
        revoke_api_client(session, OPERATOR, world.jo.id)
    assert world.jo.get("/cases").status_code == 401
    assert world.reader.get("/cases").status_code == 200, "another client of the same account goes on"


def test_an_administrator_shuts_out_systems_of_her_own_office_only(world, clock):
    from se_engine.actions.api_clients import revoke_api_client
    from se_engine.queries.access import actor_of
    from se_engine.records.people import User
    from se_engine.rules.errors import NotFound

    with transaction(world.database, clock) as session:
        adam = actor_of(session.query(User).filter_by(name="Adam").one())
        with pytest.raises(NotFound):
            revoke_api_client(session, adam, world.far.id)
        revoke_api_client(session, adam, world.jo.id)
    assert (world.far.get("/cases").status_code, world.jo.get("/cases").status_code) == (200, 401)


def test_with_a_closed_account_its_systems_are_shut_out(world, clock):
    from se_engine.actions.people import deactivate
    from se_engine.records.people import User
    from se_engine.rules.roles import OPERATOR

    with transaction(world.database, clock) as session:
        deactivate(session, OPERATOR, session.get_one(User, world.people.jo.user_id))
    assert world.jo.get("/cases").status_code == 401


def test_a_scope_is_not_exceeded(world):
    body = {"given_name": "Ada", "family_name": "Example", "languages": ["ti"]}
    refused = world.reader.post("/participants", body)
    assert (refused.status_code, refused.json["code"]) == (403, "scope_needed")
    assert 'error="insufficient_scope", scope="write"' in refused.headers["WWW-Authenticate"]
    assert world.writer.post("/participants", body).status_code == 201
    assert world.writer.get("/cases").status_code == 403
    assert (world.trail("what", "detail")[-1][0], f"client={world.writer.id}" in world.trail("detail")[-1][0]) == (
        "refused", True,
    )  # fmt: skip


def test_a_persons_cookie_opens_nothing_here(world, clock, app):
    from se_engine.actions.people import add_user
    from se_engine.actions.sign_in import prove, sign_in
    from se_engine.rules.roles import OPERATOR
    from web.auth import COOKIE

    words = "long enough for anyone"
    with transaction(world.database, clock) as session:
        add_user(
            session, OPERATOR, email="kim@example.org", name="Kim", role="supervisor",
            office_id=world.people.office_id, password=words,
        )  # fmt: skip
        session.flush()
        del session.info["clock"]  # a session rests too long when it begins in the spring
        _, token = sign_in(session, prove(session, email="kim@example.org", password=words, address="127.0.0.1"))
    browser = app.test_client()
    browser.set_cookie(COOKIE, token)
    assert browser.get("/api/v1/cases").status_code == 401
    assert "Set-Cookie" not in world.jo.get("/cases").headers


def test_no_form_token_is_asked_for(world, app):
    app.config["WTF_CSRF_ENABLED"] = True
    assert (
        world.jo.post("/participants", {"given_name": "Ada", "family_name": "Example", "languages": ["ti"]}).status_code
        == 201
    )
