"""What the history of a name says of an abolition, a correction or an undoing, in words."""

from wagtail.log_actions import LogFormatter


class ChangeFormatter(LogFormatter):
    """Formats what `place_names.names` noted in `data`."""

    def format_message(self, log_entry) -> str:
        return message(log_entry.action, log_entry.data)


LABELS = {
    "place_names.abolish": "废止",
    "place_names.restore": "撤销废止",
    "place_names.correct": "更正变更",
    "place_names.undo": "撤销变更",
    "place_names.in_force": "计划的变更生效",
    "place_names.comment_period": "更改征求意见的截止日期",
    "place_names.correct_application": "更正命名申请",
    "place_names.undo_step": "撤销办理步骤",
}


OF_APPLICATIONS = (
    "place_names.comment_period",
    "place_names.correct_application",
    "place_names.undo_step",
)


def message(action: str, data: dict) -> str:
    match action.removeprefix("place_names."):
        case "abolish":
            return f"{data['year']}年废止，依据：{data['ground']}"
        case "restore":
            ground = data["ground"] or "没有依据"
            return f"撤销{data['year']}年的废止（{ground}），原因：{data['reason']}"
        case "correct":
            return f"变更由{_told(data['was'])}更正为{_told(data['now'])}"
        case "undo":
            undone = "、".join(f"{each['year']}年“{each['name']}”" for each in data["undone"])
            return f"撤销变更：{undone}，原因：{data['reason']}"
        case "correct_application":
            facts = [
                f"{name}由“{was}”改为“{data['now'][name]}”" for name, was in data["was"].items()
            ]
            changes = "；".join([*facts, *data["person"]])
            return f"更正：{changes}。原因：{data['reason']}"
        case "undo_step":
            note = f"（{data['note']}）" if data["note"] else ""
            return f"撤销{data['day']}的“{data['step']}”{note}，原因：{data['reason']}"
        case "comment_period":
            reason = f"，原因：{data['reason']}" if data["reason"] else ""
            return f"征求意见截止日期由{data['was']}改为{data['now']}{reason}"
        case _:
            return f"到年生效：{data['change']}"


def _told(change: dict) -> str:
    basis = f"，依据：{change['basis']}" if change["basis"] else ""
    return f"{change['year']}年“{change['name']}”{basis}"
