"""The protection case and what stands behind it, one module per step of case management."""

from krama.casework.models.case import Case, HouseholdMember
from krama.casework.models.consent import Consent
from krama.casework.models.screening import Determination, Screening
from krama.casework.models.service import CounsellingNote, Service

__all__ = ["Case", "Consent", "CounsellingNote", "Determination", "HouseholdMember", "Screening", "Service"]
