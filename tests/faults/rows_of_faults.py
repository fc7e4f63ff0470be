"""Which test shows what the product does about each fault of process, disk, clock and privacy: row → tests."""

QUICK = "tests/faults/test_quick_faults.py"
KILL = f"{QUICK}::test_a_kill_inside_an_operation_leaves_it_whole_or_undone"
CUT = f"{QUICK}::test_a_power_cut_loses_nothing_acknowledged_and_leaves_nothing_half"
CALL = f"{QUICK}::test_a_fault_at_a_call_is_told_in_one_thai_sentence_and_the_work_goes_on"
COMMANDS = "tests/test_command_line.py"
RESTORING = "tests/services/test_restoring.py"
BACKUPS = "tests/services/test_backups.py"
FILES = "tests/storage/test_attachment_files.py"
ATTACHING = "tests/services/test_attaching.py"
START = "tests/ui/test_start_over_damage.py"
VERIFYING = "tests/services/test_verifying.py"
PLACES = "tests/storage/test_places.py"
DATES = "tests/domain/test_thai_dates.py"
REPORTS = "tests/services/test_month_reports.py"
QUIET = "tests/test_quiet.py"
LIMITS = "tests/services/test_disk_limits.py"
WINDOW = "tests/ui/test_main_window.py"

ROWS: dict[str, tuple[str, ...]] = {
    "P01": (KILL,),
    "P02": (CALL,),
    "P03": (KILL,),
    "P04": (KILL, f"{ATTACHING}::test_p04_killed_at_any_line_there_is_never_a_row_without_its_file"),
    "P05": (KILL, f"{BACKUPS}::test_p05_killed_at_any_step_the_old_ones_stay_and_what_was_begun_is_swept"),
    "P06": (KILL, f"{RESTORING}::test_p06_killed_at_any_step_the_next_start_shows_the_old_or_the_new_whole"),
    "P07": (
        KILL,
        "tests/storage/test_migration.py::test_a_migration_that_fails_leaves_the_old_register_byte_for_byte",
        f"{BACKUPS}::test_a_register_of_an_older_program_is_backed_up_as_it_is_before_it_is_migrated",
    ),
    "P08": (KILL, f"{REPORTS}::test_nothing_is_issued_when_the_file_cannot_be_written"),
    "P09": (CUT,),
    "P10": (CUT, f"{BACKUPS}::test_p10_the_disk_keeps_the_bytes_before_they_are_verified_and_the_name_after"),
    "P11": ("tests/ui/test_drafts_in_the_window.py::test_p11_what_was_typed_when_the_program_was_killed_is_offered_back",
            "tests/ui/test_drafts_in_the_window.py::test_p11_the_sessions_end_keeps_at_once_and_closes_without_a_question"),
    "P12": (f"{QUIET}::test_s09_p12_a_bad_day_leaves_no_name_in_log_output_or_any_other_file",
            f"{WINDOW}::test_an_error_nobody_foresaw_is_told_without_what_it_held"),
    "P13": (
        "tests/services/test_pictures.py::test_p13_without_memory_a_picture_is_refused_in_words_and_the_program_goes_on",
    ),
    "P14": ("tests/services/test_pictures.py::test_a_pdf_made_to_keep_a_reader_busy_is_given_up",),
    "K01": (CALL,),
    "K02": (f"{LIMITS}::test_k02_a_limit_on_the_file_is_trouble_of_the_disk_and_no_damage",),
    "K03": (f"{ATTACHING}::test_k03_when_the_disk_is_full_there_is_neither_row_nor_file",
            f"{FILES}::test_k03_on_a_disk_that_is_really_full_there_is_no_half_file"),
    "K04": (f"{BACKUPS}::test_k04_a_full_disk_is_told_and_leaves_nothing",
            f"{BACKUPS}::test_nothing_is_thinned_when_the_new_one_failed"),
    "K05": ("tests/services/test_disk_space.py::test_less_than_500_megabytes_is_said",),
    "K06": (CALL,),
    "K07": (CALL,),
    "K08": (CALL, f"{FILES}::test_k08_a_disk_that_cannot_read_is_not_called_damage"),
    "K09": (f"{COMMANDS}::test_k09_k10_k11_a_register_that_may_not_be_written_or_read",
            f"{WINDOW}::test_a_register_for_reading_alone_is_shown_without_a_way_to_write"),
    "K10": (f"{COMMANDS}::test_k09_k10_k11_a_register_that_may_not_be_written_or_read",),
    "K11": (f"{COMMANDS}::test_k09_k10_k11_a_register_that_may_not_be_written_or_read",),
    "K12": (f"{COMMANDS}::test_k12_a_lost_register_is_never_made_new",
            "tests/test_lost_folder.py::test_no_command_makes_a_lost_folder_new_and_a_restore_brings_it_back",
            f"{RESTORING}::test_k12_a_lost_register_comes_back",
            f"{START}::test_k12_whatever_a_register_leaves_tells_that_it_is_lost",
            f"{START}::test_k12_a_folder_that_is_gone_whole_is_remembered_on_this_pc"),
    "K13": (f"{COMMANDS}::test_k13_an_empty_file_is_no_empty_register",
            f"{WINDOW}::test_a_register_that_cannot_be_opened_is_restored_from_the_window"),
    "K14": (f"{COMMANDS}::test_k14_a_file_that_is_no_register_is_refused_and_untouched",
            f"{COMMANDS}::test_k14_another_programs_sqlite_file_is_refused_and_untouched"),
    "K15": (f"{COMMANDS}::test_k15_a_newer_register_is_refused_and_untouched",
            f"{RESTORING}::test_k15_a_backup_of_a_newer_program_is_refused_untouched"),
    "K16": ("tests/storage/test_migration.py::test_an_old_register_comes_along_whole_and_passes",),
    "K17": ("tests/faults/test_flipped_bytes.py::test_k17_a_turned_bit_that_changes_content_is_found",
            f"{START}::test_k17_k18_whatever_is_damaged_a_start_tells_it_in_words"),
    "K18": ("tests/faults/test_flipped_bytes.py::test_k18_a_lost_page_a_bad_sector_and_a_cut_end_are_found",
            f"{START}::test_k17_k18_whatever_is_damaged_a_start_tells_it_in_words"),
    "K19": ("tests/services/test_mending.py::test_k19_a_hurt_index_is_made_anew_and_no_row_changes",),
    "K20": (f"{RESTORING}::test_k20_side_files_of_the_old_register_are_moved_aside_and_never_applied",),
    "K21": (f"{VERIFYING}::test_tampering_is_found",
            f"{RESTORING}::test_k21_after_a_restore_what_was_noted_elsewhere_is_no_alarm_and_an_older_file_is"),
    "K22": (f"{VERIFYING}::test_tampering_is_found",
            f"{START}::test_k22_a_day_another_program_spoilt_is_named_though_the_list_cannot_be_painted"),
    "K23": (f"{COMMANDS}::test_k23_a_register_locked_by_another_program_is_waited_for_then_told",
            f"{VERIFYING}::test_a_busy_register_is_not_called_damaged",
            f"{START}::test_k23_a_snapshot_of_a_locked_register_is_busy_and_not_for_ever"),
    "K24": (f"{WINDOW}::test_k24_a_second_start_raises_the_first_window_and_ends",),
    "K25": (f"{LIMITS}::test_k25_a_lock_left_by_a_dead_process_asks_nothing",),
    "K26": (f"{FILES}::test_k26_a_virus_scanner_that_holds_the_file_for_a_moment_is_waited_for",
            f"{REPORTS}::test_a_locked_target_is_tried_again_then_told"),
    "K27": (f"{PLACES}::test_k27_k28_a_network_or_cloud_folder_is_refused_with_a_way_out",),
    "K28": (f"{PLACES}::test_k27_k28_a_network_or_cloud_folder_is_refused_with_a_way_out",
            f"{PLACES}::test_k28_a_memory_stick_is_taken_with_a_remark"),
    "K29": (f"{BACKUPS}::test_k29_a_stick_pulled_out_while_it_is_written_is_told_and_the_register_is_fine",),
    "K30": (f"{PLACES}::test_k30_a_folder_of_any_name_works_or_is_refused_in_words",),
    "K31": (f"{FILES}::test_k31_a_missing_file_is_said",
            f"{VERIFYING}::test_k31_a_lost_or_hurt_attachment_is_named_and_stops_no_work"),
    "K32": (f"{FILES}::test_k32_a_flipped_byte_in_any_stored_file_is_found",
            "tests/faults/test_flipped_bytes.py::test_k32_a_turned_bit_of_an_attached_file_is_found"),
    "K33": (f"{FILES}::test_k33_extra_files_are_reported_and_never_touched",
            f"{VERIFYING}::test_k33_a_file_of_another_program_in_the_store_is_only_remarked_on"),
    "K34": (f"{ATTACHING}::test_k34_however_pictures_come_and_go_every_row_has_its_file",),
    "K35": (f"{BACKUPS}::test_k35_the_reminder_stays_until_a_sealed_copy_of_the_last_seven_days_lies_outside",),
    "K36": (f"{BACKUPS}::test_k36_a_damaged_one_is_never_offered_as_good_and_an_older_one_is_tried",),
    "K39": (f"{RESTORING}::test_k39_what_was_there_is_kept_aside_whole_and_the_backup_is_in_its_place",),
    "K40": ("tests/test_logbook.py::test_k40_the_log_turns_over_and_stays_below_five_megabytes",),
    "T01": (f"{REPORTS}::test_t01_a_clock_set_back_loses_nothing_and_changes_no_figure",
            f"{BACKUPS}::test_t01_t02_a_clock_that_looks_wrong_thins_nothing",
            "tests/services/test_office_history.py"
            "::test_t01_what_was_noted_by_a_clock_gone_back_says_so_and_keeps_its_place"),
    "T02": (f"{REPORTS}::test_t02_a_pc_whose_clock_counts_in_the_buddhist_era_is_noticed",
            f"{WINDOW}::test_t01_t02_a_pc_clock_that_cannot_be_right_is_asked_about_and_told_in_a_banner"),
    "T03": (f"{DATES}::test_t03_a_year_that_fits_neither_era_is_asked_about_never_guessed",),
    "T04": (f"{DATES}::test_t04_what_is_no_day_is_refused",),
    "T05": (f"{COMMANDS}::test_what_cannot_be_done_ends_with_1_and_changes_nothing",
            "tests/services/test_changes.py::test_saving_is_refused_when_the_days_disagree_or_the_complaint_changed_meanwhile"),
    "T06": (f"{REPORTS}::test_t06_the_month_is_a_parameter_and_no_clock_moves_it",),
    "T07": (f"{COMMANDS}::test_t07_t09_the_pcs_zone_and_locale_change_no_answer",),
    "T08": (f"{DATES}::test_t08_the_fiscal_year_turns_on_1_october",),
    "T09": (f"{COMMANDS}::test_t07_t09_the_pcs_zone_and_locale_change_no_answer",),
    "S01": ("tests/services/test_changes.py::test_history_is_append_only",
            "tests/storage/test_migration.py::test_the_programs_own_connection_changes_no_table_and_opens_no_other_file"),
    "S02": (f"{VERIFYING}::test_tampering_is_found",),
    "S03": ("tests/storage/test_backup_file.py::test_s03_s04_a_forged_backup_is_refused_in_one_sentence_and_little_memory",),
    "S04": ("tests/storage/test_backup_file.py::test_s03_s04_a_forged_backup_is_refused_in_one_sentence_and_little_memory",),
    "S05": (f"{VERIFYING}::test_what_is_erased_by_law_is_gone_from_every_byte_and_the_chain_holds",
            f"{BACKUPS}::test_s05_nothing_older_than_ninety_days_stays_beside_a_newer_one"),
    "S06": (f"{VERIFYING}::test_a_view_is_noted_once_a_day", f"{VERIFYING}::test_an_export_with_names_is_noted"),
    "S08": (f"{QUIET}::test_s08_nothing_is_left_in_temporary_folders_after_a_day",),
    "S09": (f"{QUIET}::test_s09_p12_a_bad_day_leaves_no_name_in_log_output_or_any_other_file",),
    "S10": (f"{QUIET}::test_s10_a_command_opens_no_network_socket",
            f"{QUIET}::test_s10_the_window_opens_no_network_socket"),
    "S11": (f"{QUIET}::test_s10_s11_no_source_of_ours_reaches_out_or_loads_code",),
    "S12": ("tests/test_lock_file.py::test_s12_a_library_with_another_hash_is_not_installed",),
}  # fmt: skip
LATER = ("K37", "K38", "S07", "S13")  # said to be for later
