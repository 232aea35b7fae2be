from django.db import migrations

# Reasons as they were loaded; edited ones are a manager's to sort.
SCOPES = {
    "双方没有就离婚、子女抚养、财产和债务处理达成书面协议": "divorce",
    "有一方是无民事行为能力人或者限制民事行为能力人": "divorce",
    "结婚登记不是在中国内地办理的": "divorce",
    "有一方未到法定婚龄（男22周岁，女20周岁）": "marriage",
    "不是双方完全自愿": "marriage",
    "有一方已有配偶": "marriage",
    "双方是直系血亲或者三代以内旁系血亲": "marriage",
    "领证不在法定期限内，申请视为撤回": "certificate",
    "结婚证遗失或者损毁": "divorce",
}


def sort(apps, schema_editor):
    reasons = apps.get_model("marriage", "RefusalReason").objects
    for text, scope in SCOPES.items():
        reasons.filter(text=text, for_kind="").update(for_kind=scope)


class Migration(migrations.Migration):
    dependencies = [("marriage", "0028_scope_of_refusal_reasons")]

    operations = [migrations.RunPython(sort, migrations.RunPython.noop, elidable=True)]
