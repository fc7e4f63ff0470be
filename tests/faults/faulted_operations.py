"""The operations that are hurt, by name: a new one is written beside these and named here."""

from tests.faults.faulted_restore import RESTORE_WORK
from tests.faults.folder_operations import FOLDER_OPERATIONS
from tests.faults.kept_file_work import KEPT_FILE_WORK
from tests.faults.operation_under_fault import Operation
from tests.faults.register_work import REGISTER_WORK

OPERATIONS: dict[str, Operation] = {
    each.name: each for each in (*REGISTER_WORK, *KEPT_FILE_WORK, *RESTORE_WORK, *FOLDER_OPERATIONS)
}
