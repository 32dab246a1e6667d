"""The code lists of casework: well formed, in two languages, and equal to HTCDS 2.0 where they map to it."""

import re
from pathlib import Path

import pytest

from krama.casework.rules import consent, urgency
from krama.casework.rules import indicators as ilo
from krama.records import vocabulary as engine
from krama.records.vocabulary import UnknownCode, vocabulary

FOLDER = Path(engine.__file__).parent.parent / "casework" / "vocab"
NAMES = sorted(path.stem for path in FOLDER.glob("*.csv"))
KHMER = re.compile("[\u1780-\u17ff]")

HTCDS = {
    "method_of_recruitment": """AtAPlaceOfBusiness AtAnEducationalInstitution AtWork
        ThroughOnlineSocialNetworks ThroughAnOnlineAdvertisement ThroughATelevisionAdvert
        ThroughANewspaperAdvert ThroughFamilyOrFamilyEvents ThroughFriendsOrSocialEvents Other""",
    "methods_of_control": """PhysicalThreats ThreatsLawEnforcement ThreatensChildrenFamily DebtBondage
        FalsePromises PhysicalAbuse SexualAbuse TakesEarnings RestrictsFinancialAccess RestrictsMedicalCare
        WithholdsNecessities PsychologicalAbuse PsychoactiveSubstance ExcessiveWorkingHours
        WithholdsDocuments Other""",
    "type_of_exploitation": """ForcedLabour SexualExploitation ChildLabour ForcedMarriage Servitude
        ForcedMilitaryByNonStateActors OrganRemoval ForcedBegging ForcedAdoption Surrogacy Other""",
    "forced_labour_industry": """A_AgricultureForestryAndFishing B_MiningAndQuarrying C_Manufacturing
        D_ElectricityGasSteamAndAirConditioningSupply E_WaterSupplySewerageWasteManagement F_Construction
        G_WholesaleAndRetailTradeRepairOfMotorVehicles H_TransportationAndStorage
        I_AccommodationAndFoodServiceActivities J_InformationAndCommunication
        K_FinancialAndInsuranceActivities L_RealEstateActivities
        M_ProfessionalScientificAndTechnicalActivities N_AdministrativeAndSupportServiceActivities
        O_PublicAdministrationAndDefence P_Education Q_HumanHealthAndSocialWorkActivities
        R_ArtsEntertainmentAndRecreation S_OtherServiceActivities T_ActivitiesOfHouseholdsAsEmployers
        U_ActivitiesOfExtraterritorialOrganizations""",
    "relationship_to_trafficker": "Familial Acquainted Unaquainted",
    "decision_making_org": "Police NGO CourtOrProsecution NonPoliceGovernmentalOrganization Other",
}
SUPPORT_PLAN_TYPES = {
    "Education",
    "Financial",
    "Health",
    "LabourExploitationRehabilitation",
    "Legal",
    "Livelihood",
    "RightsBasedTraining",
    "SexualExploitationRehabilitation",
    "SocialCare",
}
GROUPS = {"OPEN", "IDENTITY", "LOCATION", "HEALTH", "LEGAL", "NARRATIVE", "EVIDENCE", "MONEY"}


def test_no_list_is_missing():
    wanted = {
        "consent_given_by", "consent_how_given", "consent_purposes", "countries", "decision_making_org",
        "forced_labour_industry", "ilo_indicators", "immediate_risk", "interview_place",
        "languages", "method_of_recruitment", "methods_of_control", "name_not_known", "next_steps", "privacy",
        "reasons_for_leaving", "relationship_to_trafficker", "risk_levels", "service_types",
        "type_of_exploitation", "urgent_needs",
    }  # fmt: skip
    assert wanted - set(NAMES) == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_list_is_well_formed(name):
    words = vocabulary("casework", name)
    assert len(words) >= 3
    for row in words:
        assert re.fullmatch(r"[A-Za-z0-9_]{1,40}", row["code"])
        assert KHMER.search(row["label_km"]) and not re.search("[A-Za-z]", row["label_km"])
        assert not KHMER.search(row["label_en"])
        assert bool(row.get("hint_en")) == bool(row.get("hint_km"))
        assert all(not re.search("[\u200b\u200c\u200d\ufeff\u17d2]$", text) for text in row.values())
        assert all("\u200b" not in text for text in row.values())
    for language in ("en", "km"):
        labels = [label for _code, label in words.choices(language)]
        if name != "ilo_indicators":  # the same sign stands in more than one of its dimensions
            assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("name", HTCDS)
def test_htcds_codes_are_those_of_the_standard(name):
    mapped = {row["htcds"] for row in vocabulary("casework", name)}
    assert mapped - {""} == set(HTCDS[name].split())


def test_only_confinement_has_no_htcds_code():
    without = {
        (name, row["code"]) for name in HTCDS for row in vocabulary("casework", name) if not row["htcds"]
    }
    assert without == {("methods_of_control", "confinement")}


def test_survivors_are_called_victims_nowhere():
    for name in NAMES:
        text = (FOLDER / f"{name}.csv").read_text(encoding="utf-8")
        assert "victim" not in text.lower() and "ជនរងគ្រោះ" not in text


def test_ilo_indicators():
    rows = list(vocabulary("casework", "ilo_indicators"))
    adult = [
        sum(row["dimension"] == name and row["weight_adult"] != "" for row in rows) for name in ilo.NAMES
    ]
    assert adult == [10, 10, 16, 9, 15, 7]
    assert sum(row["weight_child"] != "" for row in rows) == 65
    assert {row["weight_adult"] for row in rows} == {"S", "M", "W"}
    assert {row["weight_child"] for row in rows} == {"S", "M", ""}
    assert {row["code"] for row in rows if not row["weight_child"]} == {"VR08", "EX08"}
    assert {row["code"] for row in rows if row["palermo"] == "purpose"} == {f"EX0{n}" for n in range(1, 10)}
    assert [row["code"] for row in rows if row["weight_adult"] == "S"] == [
        "DR01", "CR01", "EX01", "CD01", "CD02", "CD03", "CD04",
    ]  # fmt: skip
    assert [row["code"] for row in rows if row["weight_child"] == "S"] == [
        "DR01", "DR10", "CR01", "CR02", "CR03", "CR04", "EX01", "CD01", "CD02", "CD03", "CD04", "CD05",
        "CD06", "CD07", "CD08",
    ]  # fmt: skip


def test_service_types():
    rows = list(vocabulary("casework", "service_types"))
    assert {row["htcds"] for row in rows} <= SUPPORT_PLAN_TYPES
    assert {row["group"] for row in rows} <= GROUPS
    assert {row["for_many"] for row in rows} == {row["emergency"] for row in rows} == {"yes", "no"}
    assert all(row["unit"] for row in rows)
    assert [row["code"] for row in rows if row["emergency"] == "yes"] == [
        "transit_accommodation", "meal", "medical_check", "medical_treatment", "basic_counselling",
        "travel_support", "material_support", "interpretation",
    ]  # fmt: skip


def test_levels_and_what_to_do():
    for name in ("urgent_needs", "immediate_risk"):
        rows = list(vocabulary("casework", name))
        assert {row["level"] for row in rows} == set(urgency.LEVELS)
        assert all(row["hint_en"] and row["hint_km"] for row in rows)
    assert {row["within"] for row in vocabulary("casework", "urgent_needs")} == {"now", "today"}
    assert all(
        row["within"] == "now" for row in vocabulary("casework", "urgent_needs") if row["level"] == "high"
    )
    assert set(urgency.MUST_BE_KNOWN) <= set(vocabulary("casework", "immediate_risk").codes)


def test_consent_lists_are_those_of_the_rules():
    assert vocabulary("casework", "consent_purposes").codes == tuple(consent.Purpose)
    assert (
        set(vocabulary("casework", "consent_given_by").codes)
        == {"person", "best_interest"} | consent.RESPONSIBLE
    )
    hows = set(vocabulary("casework", "consent_how_given").codes)
    assert hows == {"signature", "best_interest_decision"} | consent.WITNESSED


def test_looking_up():
    words = vocabulary("casework", "relationship_to_trafficker")
    assert words is vocabulary("casework", "relationship_to_trafficker")
    assert words.htcds("unacquainted") == "Unaquainted"
    assert words.label("parent") == "Mother or father"
    assert words.label("parent", "km") == words.label("parent", "km-KH") == "ម្ដាយ ឬឪពុក"
    assert words.choices("km")[0] == ("parent", "ម្ដាយ ឬឪពុក")
    assert "parent" in words and "stranger" not in words
    assert words.hint("parent") == ""
    with pytest.raises(UnknownCode, match="casework/relationship_to_trafficker has no code 'stranger'"):
        words.label("stranger")
    with pytest.raises(TypeError):
        words.rows["parent"]["code"] = "x"


@pytest.mark.parametrize(
    ("package", "name"), [("../casework", "gender"), ("casework", "../gender"), ("casework", "")]
)
def test_only_plain_names_are_looked_up(package, name):
    with pytest.raises(ValueError, match="not the name of a code list"):
        vocabulary(package, name)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("code,htcds,label_en,order\na,,A,1\n", "no column label_km"),
        ("code,htcds,label_en,label_km,order\na,,A,ក,1\na,,B,ខ,2\n", "stands twice"),
        ("code,htcds,label_en,label_km,order\na,,A,,1\n", "are needed"),
        ("code,htcds,label_en,label_km,order\na,,A,ក,first\n", "are needed"),
        ("code,htcds,label_en,label_km,order\na,,A,ក\n", "too many or too few"),
        ("code,htcds,label_en,label_km,order\na,,A,ក,1,2\n", "too many or too few"),
    ],
)
def test_faulty_files_are_refused(tmp_path, monkeypatch, text, fault):
    (tmp_path / "x" / "vocab").mkdir(parents=True)
    (tmp_path / "x" / "vocab" / "y.csv").write_text(text, encoding="utf-8")
    monkeypatch.setattr(engine, "PACKAGES", tmp_path)
    with pytest.raises(ValueError, match=fault):
        vocabulary.__wrapped__("x", "y")


def test_rows_come_in_their_order(tmp_path, monkeypatch):
    (tmp_path / "x" / "vocab").mkdir(parents=True)
    lines = "code,htcds,label_en,label_km,order\nb,,B,ខ,20\na,,A,ក,10\n"
    (tmp_path / "x" / "vocab" / "y.csv").write_text(lines, encoding="utf-8")
    monkeypatch.setattr(engine, "PACKAGES", tmp_path)
    assert vocabulary.__wrapped__("x", "y").codes == ("a", "b")
