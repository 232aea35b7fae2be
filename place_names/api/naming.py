"""The pre-check of a proposed name for programs of architects and planners."""

from django.http import HttpRequest
from ninja import Query, Schema

from home.visitors import within_limit
from place_names.naming import index, lists
from place_names.naming.alternatives import alternatives
from place_names.naming.checking import check
from place_names.naming.findings import Proposal
from place_names.naming.forms import NamingForm
from place_names.naming.views import subdistrict_names
from place_names.open_data.problems import RequestError, no_such, shown

CHECKS_IN_AN_HOUR = 600
ADVICE = "仅供参考，不是审批决定。"


class PlaceOut(Schema):
    code: str
    name: str
    subdistrict: str
    address: str


class FindingOut(Schema):
    rule: str
    severity: str
    text: str
    clause: str
    places: list[PlaceOut]
    others: int


class AlternativeOut(Schema):
    name: str
    reason: str


class CheckOut(Schema):
    advice: str
    name: str
    kind: str
    specific: str
    generic: str
    outcome: str
    outcome_text: str
    findings: list[FindingOut]
    alternatives: list[AlternativeOut]
    authority: str
    authority_basis: str
    materials: list[str]
    version: str


def check_name(
    request: HttpRequest,
    name: str = Query(..., max_length=200, description="拟用的名称，2至30个字"),
    kind: str = Query(
        ..., max_length=20, description="street、estate、building、bridge、park、committee等"
    ),
    subdistrict: str = Query("", max_length=20, description="街道名称，例如琶洲街道"),
    point: str = Query("", max_length=60, description="经度,纬度"),
    generic: str = Query("", max_length=10, description="通名，拆得不对时给出"),
    floors: str = Query("", max_length=12, description="层数"),
    land: str = Query("", max_length=12, description="占地面积，平方米"),
    floor_area: str = Query("", max_length=12, description="总建筑面积，平方米"),
    green: str = Query("", max_length=12, description="绿地率，%"),
    open: str = Query("", max_length=12, description="露天公共场地，平方米"),
    width: str = Query("", max_length=12, description="道路宽度，米"),
    length: str = Query("", max_length=12, description="道路长度，米"),
):
    """和网页上的地名命名预审一样。仅供参考，不是审批决定；所问的名称不保存。"""
    if not within_limit(request, "naming-check-api", CHECKS_IN_AN_HOUR):
        raise RequestError(
            f"一小时内最多查{CHECKS_IN_AN_HOUR}次，请过一小时再查。",
            f"At most {CHECKS_IN_AN_HOUR} checks in an hour; try again later.",
            429,
        )
    now = lists.stored()
    return _answer(_proposal(request, now), now)


def _proposal(request: HttpRequest, now: lists.Lists) -> Proposal:
    """What was asked, read as the form of the page reads it."""
    form = NamingForm(request.GET, now)
    if not form.is_valid():
        parameter, errors = next(iter(form.errors.items()))
        known = {"kind": list(now.kinds), "subdistrict": list(subdistrict_names())}.get(parameter)
        if known and (text := request.GET.get(parameter)):
            raise no_such(parameter, text, known)
        raise RequestError(
            str(errors[0]), f"Parameter {parameter} is missing or wrong.", 422, parameter
        )
    asked = form.proposal()
    if asked.generic and not asked.name.endswith(asked.generic):
        raise RequestError(
            f"名称不以“{shown(asked.generic)}”结尾，通名要是名称的末尾几个字。",
            "Parameter generic has to be the end of the name.",
            422,
            "generic",
        )
    return asked


def _answer(proposal: Proposal, now: lists.Lists) -> dict:
    names, areas = index.current(), subdistrict_names()
    result = check(proposal, names, now, areas)
    kind = now.kinds[proposal.kind]
    found = alternatives(proposal, names, now, areas) if result.findings else []
    return {
        "advice": ADVICE,
        "name": proposal.name,
        "kind": proposal.kind,
        "specific": result.parts.specific,
        "generic": result.parts.generic,
        "outcome": result.outcome,
        "outcome_text": result.outcome_text,
        "findings": [
            {
                "rule": finding.rule,
                "severity": finding.severity,
                "text": finding.text,
                "clause": finding.clause,
                "places": finding.places,
                "others": finding.others,
            }
            for finding in result.findings
        ],
        "alternatives": found,
        "authority": kind.authority,
        "authority_basis": kind.authority_basis,
        "materials": list(kind.materials),
        "version": result.version,
    }
