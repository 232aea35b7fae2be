"""Signing in with an outside identity service (统一身份认证) by OpenID Connect: who somebody is,
for the one booking that they are filling in. No account is made and nothing is kept but what
fills the form.

Off until IDENTITY_METADATA_URL is set. Authlib checks issuer, audience, signature, nonce and
expiry of the ID token. Which claims carry name, number and telephone is set by
IDENTITY_CLAIMS; a service that names its claims otherwise needs no code.
"""

from authlib.integrations.base_client import OAuthError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from requests import RequestException

from home.typed_text import TypedError, person_name, telephone

from .papers import ID_CARD, read_paper

CLIENT = "identity"


class SignInError(Exception):
    """Nobody has signed in; `message` says what to do."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


def is_offered() -> bool:
    return bool(settings.IDENTITY["metadata_url"])


def _client():
    oauth = OAuth()
    oauth.register(
        CLIENT,
        client_id=settings.IDENTITY["client_id"],
        client_secret=settings.IDENTITY["client_secret"],
        server_metadata_url=settings.IDENTITY["metadata_url"],
        client_kwargs={"scope": settings.IDENTITY["scope"], "code_challenge_method": "S256"},
    )
    return oauth.create_client(CLIENT)


def redirect_to_service(request, come_back_to: str):
    """The way to the service; it sends the browser back to the address `come_back_to`."""
    try:
        return _client().authorize_redirect(request, come_back_to)
    except (OAuthError, RequestException, ValueError) as error:
        raise SignInError("身份认证现在连不上，请稍后再试，或者直接填写。") from error


def read_answer(request) -> dict:
    """{"name", "id_type", "id_number", "phone"} of whoever has signed in; the telephone is
    empty where the service does not tell it. Raises SignInError."""
    try:
        token = _client().authorize_access_token(request)
        claims = {**(token.get("userinfo") or {}), **_more_claims(token)}
    except (OAuthError, RequestException, ValueError, KeyError) as error:
        raise SignInError("身份认证没有完成，请再试一次，或者直接填写。") from error
    names = settings.IDENTITY["claims"]
    try:
        paper = read_paper(ID_CARD, str(claims.get(names["number"], "")))
        name = person_name(str(claims.get(names["name"], "")))
    except TypedError as error:
        raise SignInError("身份认证没有给出姓名和证件号码，请直接填写。") from error
    try:
        phone = telephone(str(claims.get(names["phone"], "")))
    except TypedError:
        phone = ""
    return {"name": name, "id_type": paper.kind, "id_number": paper.number, "phone": phone}


def _more_claims(token: dict) -> dict:
    """Claims of the user endpoint: some services put no more than the subject into the token."""
    client = _client()
    if not client.load_server_metadata().get("userinfo_endpoint"):
        return {}
    more = client.userinfo(token=token)
    # The two answers must speak of the same person (OpenID Connect Core, 5.3.2).
    subject = (token.get("userinfo") or {}).get("sub")
    return dict(more) if more.get("sub") == subject else {}
