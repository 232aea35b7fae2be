"""What search engines are told of a guide: schema.org's GovernmentService."""

from django.http import HttpRequest

from home.sitemap import public_address

from .figures import lookup_for
from .models import GuidePage


def government_service(guide: GuidePage, request: HttpRequest) -> dict:
    """The guide as JSON-LD (https://schema.org/GovernmentService)."""
    fill_in = lookup_for(request).fill_in_plain
    data = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": guide.title,
        "description": fill_in(guide.summary),
        "url": public_address(request, guide.get_url(request)),
        "inLanguage": "zh-CN",
        "serviceOperator": {
            "@type": "GovernmentOrganization",
            "name": guide.authority or "广州市海珠区民政局",
        },
        "areaServed": {"@type": "AdministrativeArea", "name": "广州市海珠区"},
        "audience": {"@type": "Audience", "audienceType": guide.audience},
        "availableChannel": {
            "@type": "ServiceChannel",
            "serviceLocation": {"@type": "Place", "name": fill_in(guide.location)},
            "servicePhone": {"@type": "ContactPoint", "telephone": guide.phone},
        },
    }
    if guide.faq:
        data["subjectOf"] = {
            "@type": "FAQPage",
            "mainEntity": [
                {
                    "@type": "Question",
                    "name": block.value["question"],
                    "acceptedAnswer": {
                        "@type": "Answer",
                        "text": fill_in(str(block.value["answer"])),
                    },
                }
                for block in guide.faq
            ],
        }
    return data
