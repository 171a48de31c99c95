"""Groups of countries, so coarse that a group says nothing of one person: for statistics of groups alone.

Europe is divided as Norwegian statistics on immigration divide it: free movement, and the rest.
"""

_FREE_MOVEMENT = """
AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK AX FO GG GI GL IM JE
"""
_REST_OF_EUROPE = "AD AL BA BY MC MD ME MK RS RU SJ SM UA VA XK"
_AFRICA = """
AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RE
RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW
"""
_ASIA = """
AE AF AM AZ BD BH BN BT CN GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH PK PS QA SA
SG SY TH TJ TL TM TR TW UZ VN YE
"""
_AMERICA_OCEANIA = """
AG AI AR AS AU AW BB BL BM BO BQ BR BS BZ CA CK CL CO CR CU CW DM DO EC FJ FK FM GD GF GP GT GU GY HN HT JM KI KN KY
LC MF MH MP MQ MS MX NC NI NR NU NZ PA PE PF PG PM PN PR PW PY SB SR SV SX TC TK TO TT TV US UY VC VE VG VI VU WF WS
"""
REGIONS = {
    "free_movement": _FREE_MOVEMENT, "rest_of_europe": _REST_OF_EUROPE, "africa": _AFRICA, "asia": _ASIA,
    "america_oceania": _AMERICA_OCEANIA,
}  # fmt: skip
_REGION_OF = {country: region for region, countries in REGIONS.items() for country in countries.split()}


def region_of(country: str | None) -> str | None:
    """None where no country is recorded, or one that belongs to no group."""
    return _REGION_OF.get(country or "")
