"""Materials that stand as they were loaded get today's words; what an editor changed stays.

Of a replacement one alone brings photographs of themselves, and of both the couple brings one
of both: one row for either. Nobody who has booked is told of new words for the same things.
"""

from django.db import migrations

# (title, detail, quantity, condition) as loaded → the rows that take its place.
PHOTOS = ("近期半身免冠照片", "2寸；补领结婚证用双方合影3张，补领离婚证用单人照2张", "2至3张", "always")
REPLACED = {
    PHOTOS: [
        ("近期半身免冠双方合影", "2寸", "3张", "parties=2"),
        ("近期半身免冠单人照片", "2寸", "2张", "parties=1"),
    ],
    (
        "居民身份证",
        "当事人的原件，须在有效期内；因故不能出示的，可以用有效的临时身份证",
        "内地居民每人1件",
        "origin=mainland",
    ): [
        (
            "居民身份证",
            "来办理的人自己的原件，须在有效期内；因故不能出示的，可以用有效的临时身份证",
            "来办理的每人1件",
            "origin=mainland",
        )
    ],
    (
        "本人无配偶以及与对方没有近亲关系的签字声明",
        "内地居民到场后当面签字，声明由登记处提供",
        "内地居民每人1份",
        "origin=mainland",
    ): [
        (
            "本人无配偶以及与对方没有近亲关系的签字声明",
            "声明书由登记处提供，到场后当面签字，不用自己准备",
            "内地居民每人1份",
            "origin=mainland",
        )
    ],
}
# Titles of two papers in one row, whose “1套” nobody understood.
PAIRS = [
    "军人身份证件和部队出具的军人婚姻登记证明",
    "香港居民的回乡证或者港澳台居民居住证，以及香港身份证",
    "澳门居民的回乡证或者港澳台居民居住证，以及澳门身份证",
    "台湾居民的台胞证或者港澳台居民居住证，以及台湾地区身份证",
    "港澳台居民的有效通行证或者居住证，以及居住地身份证",
    "经公证的委托书和受委托人的身份证件",
]
NAMES = ("title", "detail", "quantity", "condition")


def forwards(apps, schema_editor):
    materials = apps.get_model("marriage", "Material").objects
    changed = set()
    for old, rows in REPLACED.items():
        for material in materials.filter(**dict(zip(NAMES, old))):
            changed.add(material.service_id)
            if len(rows) > 1:
                _make_room(materials, material)
            for shift, row in enumerate(rows):
                material.sort_order += bool(shift)
                material.pk = None if shift else material.pk
                for name, value in zip(NAMES, row):
                    setattr(material, name, value)
                material.save()
    pairs = materials.filter(title__in=PAIRS, quantity="1套")
    changed.update(pairs.values_list("service", flat=True))
    pairs.update(quantity="各1件")
    # The next look at the list only remembers it.
    apps.get_model("marriage", "Service").objects.filter(pk__in=changed).update(materials_told="")


def _make_room(materials, material):
    for later in materials.filter(
        service=material.service_id, sort_order__gt=material.sort_order
    ):
        later.sort_order += 1
        later.save()


class Migration(migrations.Migration):
    dependencies = [("marriage", "0034_one_open_application_per_couple")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop, elidable=True)]
