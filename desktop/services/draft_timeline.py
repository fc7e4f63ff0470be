"""The line of time of a complaint while it is being typed."""

from desktop.domain.complaint import Complaint
from desktop.domain.day_order import problem_with_days
from desktop.services.complaint_views import ExplainedComplaint, explained_draft, standing_of_draft
from desktop.services.complaint_work import cleaned
from desktop.services.desk import Desk


def explained_typed(desk: Desk, draft: Complaint) -> ExplainedComplaint | str:
    """What a typed complaint would owe today if it were saved; while its days disagree, the sentence saying which."""
    tidy = cleaned(draft)
    problem = problem_with_days(tidy, desk.today)
    if problem:
        return problem
    seen = standing_of_draft(desk, tidy)
    assert seen is not None, "notified after today is a problem with days"
    return explained_draft(desk, seen)
