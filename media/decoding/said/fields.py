"""The table of what is kept of what a file says: the newsroom's name for it, and where IPTC and XMP have it.

Sources: IPTC Photo Metadata Standard 2025.1 (core and extension), IIM 4.2 (lengths in bytes), PLUS LDF 2.0.1.
"""

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """How a field is kept."""

    TEXT = "one text"
    LANGUAGES = "one text, which XMP has in several languages"
    LIST = "a list of texts"
    DATE = "a date, ISO 8601"
    PARTS = "one thing of named parts"
    THINGS = "a list of things of named parts"


@dataclass(frozen=True, slots=True)
class Field:
    """Where a field stands: IIM dataset of record 2 with its most bytes, XMP property, names of a thing's parts."""

    name: str
    kind: Kind
    xmp: str = ""
    dataset: int = 0
    bytes: int = 0
    parts: dict[str, str] | None = None
    most: int = 1_000
    # Whether it is worth a word to people when the blocks of one file differ here.
    compared: bool = False


_CORE, _EXT = "Iptc4xmpCore:", "Iptc4xmpExt:"


def _parts(prefix: str, names: str) -> dict[str, str]:
    """Return {XMP name: our name} from "XmpName=ours XmpName=ours"."""
    return {prefix + one.split("=")[0]: one.split("=")[1] for one in names.split()}


_PLACE = _parts(
    _EXT,
    "LocationName=name Sublocation=sublocation City=city ProvinceState=state CountryName=country "
    "CountryCode=country_code WorldRegion=world_region LocationId=ids",
)
_TERM = _parts(_EXT, "CvTermName=name CvTermId=id CvId=vocabulary CvTermRefinedAbout=refined")
_CONTACT = _parts(
    _CORE,
    "CiAdrExtadr=address CiAdrCity=city CiAdrRegion=state CiAdrPcode=postcode CiAdrCtry=country "
    "CiTelWork=phone CiEmailWork=email CiUrlWork=web",
)
_LICENSOR = _parts(
    "plus:",
    "LicensorName=name LicensorID=id LicensorStreetAddress=street LicensorExtendedAddress=address "
    "LicensorCity=city LicensorRegion=state LicensorPostalCode=postcode LicensorCountry=country "
    "LicensorTelephone1=phone LicensorTelephoneType1=phone_kind LicensorTelephone2=second_phone "
    "LicensorTelephoneType2=second_phone_kind LicensorEmail=email LicensorURL=web",
)
_ARTWORK = _parts(
    _EXT,
    "AOTitle=name AOCreator=creators AOCreatorId=creator_ids AODateCreated=made_at AOCircaDateCreated=made_about "
    "AOContentDescription=shows AOContributionDescription=contributions AOPhysicalDescription=made_of "
    "AOStylePeriod=styles AOCopyrightNotice=copyright AOCurrentCopyrightOwnerName=copyright_owner "
    "AOCurrentCopyrightOwnerId=copyright_owner_id AOCurrentLicensorName=licensor AOCurrentLicensorId=licensor_id "
    "AOSource=source AOSourceInvNo=inventory_number AOSourceInvURL=inventory_web",
)
_PERSON = _parts(
    _EXT, "PersonName=name PersonDescription=about PersonId=ids PersonCharacteristic=characteristics"
)
_PRODUCT = _parts(_EXT, "ProductName=name ProductDescription=about ProductGTIN=gtin ProductId=id")
_REGISTRY = _parts(_EXT, "RegOrgId=organisation RegItemId=number RegEntryRole=role")
_LINKED = _parts(_EXT, "LinkedRightsExpr=web RightsExprEncType=kind RightsExprLangId=language")
_ENCODED = _parts(_EXT, "EncRightsExpr=text RightsExprEncType=kind RightsExprLangId=language")
# What a thing within a thing is made of.
INNER = {_EXT + "PersonCharacteristic": _TERM}


def _plus(prefix: str) -> dict[str, str]:
    return _parts("plus:", f"{prefix}Name=name {prefix}ID=id")


_TEXT, _LANGUAGES, _LIST, _THINGS = Kind.TEXT, Kind.LANGUAGES, Kind.LIST, Kind.THINGS

# Ordered by worth: where a file says far too much, what stands last is left out.
FIELDS = (
    Field("caption", _LANGUAGES, "dc:description", 120, 2000, most=8_000, compared=True),
    Field("headline", _TEXT, "photoshop:Headline", 105, 256, compared=True),
    Field("name", _LANGUAGES, "dc:title", 5, 64, compared=True),
    Field("creator", _LIST, "dc:creator", 80, 32, compared=True),
    Field("creator_job", _TEXT, "photoshop:AuthorsPosition", 85, 32, compared=True),
    Field("credit", _TEXT, "photoshop:Credit", 110, 32, compared=True),
    Field("source", _TEXT, "photoshop:Source", 115, 32, compared=True),
    Field("copyright", _LANGUAGES, "dc:rights", 116, 128, compared=True),
    Field("rights_terms", _LANGUAGES, "xmpRights:UsageTerms", most=8_000),
    Field("web_statement", _TEXT, "xmpRights:WebStatement"),
    Field("instructions", _TEXT, "photoshop:Instructions", 40, 256, most=8_000, compared=True),
    Field("taken_at", Kind.DATE, "photoshop:DateCreated", 55, compared=True),
    Field("sublocation", _TEXT, _CORE + "Location", 92, 32, compared=True),
    Field("city", _TEXT, "photoshop:City", 90, 32, compared=True),
    Field("state", _TEXT, "photoshop:State", 95, 32, compared=True),
    Field("country", _TEXT, "photoshop:Country", 101, 64, compared=True),
    Field("country_code", _TEXT, _CORE + "CountryCode", 100, 3, compared=True),
    Field("alt", _LANGUAGES, _CORE + "AltTextAccessibility", most=2_000),
    Field("alt_long", _LANGUAGES, _CORE + "ExtDescrAccessibility", most=8_000),
    Field("digital_source_type", _TEXT, _EXT + "DigitalSourceType"),
    Field("ai_system", _TEXT, _EXT + "AISystemUsed"),
    Field("ai_system_version", _TEXT, _EXT + "AISystemVersionUsed"),
    Field("ai_prompt", _TEXT, _EXT + "AIPromptInformation", most=4_000),
    Field("ai_prompt_writer", _TEXT, _EXT + "AIPromptWriterName"),
    Field("keywords", _LIST, "dc:subject", 25, 64, most=200, compared=True),
    Field("subject_codes", _LIST, _CORE + "SubjectCode", 12, 236, most=200),
    Field("scene_codes", _LIST, _CORE + "Scene", most=200),
    Field("genre", _TEXT, _CORE + "IntellectualGenre", 4, 68),
    Field("event", _LANGUAGES, _EXT + "Event"),
    Field("event_ids", _LIST, _EXT + "EventId", most=500),
    Field("persons", _LIST, _EXT + "PersonInImage", most=300),
    Field("organisations", _LIST, _EXT + "OrganisationInImageName", most=300),
    Field("organisation_codes", _LIST, _EXT + "OrganisationInImageCode", most=300),
    Field("job_id", _TEXT, "photoshop:TransmissionReference", 103, 32),
    Field("caption_writer", _TEXT, "photoshop:CaptionWriter", 122, 32),
    Field("urgency", _TEXT, "photoshop:Urgency", 10, 1, most=1),
    Field("release_at", Kind.DATE, dataset=30),
    Field("expires_at", Kind.DATE, dataset=37),
    Field("license_starts_at", Kind.DATE, "plus:LicenseStartDate"),
    Field("license_ends_at", Kind.DATE, "plus:LicenseEndDate"),
    Field("ai_training", _TEXT, "plus:DataMining"),
    Field("model_release", _TEXT, "plus:ModelReleaseStatus"),
    Field("model_release_ids", _LIST, "plus:ModelReleaseID", most=300),
    Field("minor_model_age", _TEXT, "plus:MinorModelAgeDisclosure"),
    Field("model_ages", _LIST, _EXT + "ModelAge", most=10),
    Field("model_notes", _TEXT, _EXT + "AddlModelInfo"),
    Field("property_release", _TEXT, "plus:PropertyReleaseStatus"),
    Field("property_release_ids", _LIST, "plus:PropertyReleaseID", most=300),
    Field("guid", _TEXT, _EXT + "DigImageGUID"),
    Field("supplier_image_id", _TEXT, "plus:ImageSupplierImageID"),
    Field("creator_image_id", _TEXT, "plus:ImageCreatorImageID"),
    Field("rating", _TEXT, "xmp:Rating", most=10),
    Field("most_width", _TEXT, _EXT + "MaxAvailWidth", most=20),
    Field("most_height", _TEXT, _EXT + "MaxAvailHeight", most=20),
    Field("location_created", Kind.PARTS, _EXT + "LocationCreated", parts=_PLACE),
    Field("location_shown", _THINGS, _EXT + "LocationShown", parts=_PLACE),
    Field("creator_contact", Kind.PARTS, _CORE + "CreatorContactInfo", parts=_CONTACT),
    Field("licensor", _THINGS, "plus:Licensor", parts=_LICENSOR),
    Field("copyright_owner", _THINGS, "plus:CopyrightOwner", parts=_plus("CopyrightOwner")),
    Field("image_creator", _THINGS, "plus:ImageCreator", parts=_plus("ImageCreator")),
    Field("image_supplier", _THINGS, "plus:ImageSupplier", parts=_plus("ImageSupplier")),
    Field("genres", _THINGS, _EXT + "Genre", parts=_TERM),
    Field("about", _THINGS, _EXT + "AboutCvTerm", parts=_TERM),
    Field("persons_described", _THINGS, _EXT + "PersonInImageWDetails", parts=_PERSON),
    Field("products", _THINGS, _EXT + "ProductInImage", parts=_PRODUCT),
    Field("artworks", _THINGS, _EXT + "ArtworkOrObject", parts=_ARTWORK),
    Field("registry", _THINGS, _EXT + "RegistryId", parts=_REGISTRY),
    Field("linked_rights", _THINGS, _EXT + "LinkedEncRightsExpr", parts=_LINKED),
    Field("encoded_rights", _THINGS, _EXT + "EmbdEncRightsExpr", parts=_ENCODED),
)

# PLUS says these by address; people read words.
PLUS_WORDS = {
    "MR-NON": "None", "MR-NAP": "Not Applicable", "MR-UMR": "Unlimited Model Releases",
    "MR-LMR": "Limited or Incomplete Model Releases", "PR-NON": "None", "PR-NAP": "Not Applicable",
    "PR-UPR": "Unlimited Property Releases", "PR-LPR": "Limited or Incomplete Property Releases",
    "AG-UNK": "Age Unknown", "AG-A25": "Age 25 or Over", "AG-U14": "Age 14 or Under",
    **{f"AG-A{age}": f"Age {age}" for age in range(15, 25)},
    "DMI-UNSPECIFIED": "Unspecified", "DMI-ALLOWED": "Allowed", "DMI-PROHIBITED": "Prohibited",
    "DMI-PROHIBITED-AIMLTRAINING": "Prohibited for AI training",
    "DMI-PROHIBITED-GENAIMLTRAINING": "Prohibited for generative AI training",
    "DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING": "Prohibited except for search engines",
    "DMI-PROHIBITED-SEECONSTRAINT": "Prohibited: see the terms",
    "DMI-PROHIBITED-SEEEMBEDDEDRIGHTSEXPR": "Prohibited: see the rights in the file",
    "DMI-PROHIBITED-SEELINKEDRIGHTSEXPR": "Prohibited: see the linked rights",
}  # fmt: skip

# NewsCodes "digital source type": the ones with something in them that an algorithm, not a lens or a hand, made.
# https://cv.iptc.org/newscodes/digitalsourcetype/
MADE_BY_AI = {
    "trainedAlgorithmicMedia",
    "compositeWithTrainedAlgorithmicMedia",
    "compositeSynthetic",
    "algorithmicMedia",
}
