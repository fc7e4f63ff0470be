"""Which tests show what the product does about each fault of exports (E) and pictures (M): row → tests.

``AS_WRITTEN_BUT`` says what of a row is otherwise here, and why.
"""

LOOPS = "tests/papers/test_paper_loops.py"
EXPORTS = "tests/papers/test_leaving_exports.py"
AGAIN = "tests/papers/test_issued_again.py"
ERASED = "tests/papers/test_erased_pictures.py"
WRITING = "tests/exchange/test_register_writing.py"
PACK = "tests/forms/test_pack.py"
COPIES = "tests/forms/test_embedded_pictures.py"
REPORTS = "tests/services/test_month_reports.py"
PAPERS = "tests/services/test_papers.py"
SIGNING = "tests/services/test_signing.py"
VERIFYING = "tests/services/test_pdf_verification.py"
PICTURES = "tests/services/test_pictures.py"
ATTACHING = "tests/services/test_attaching.py"
QUIET = "tests/test_quiet.py"
SHELF = "tests/ui/test_attachments_group.py"
TEXTS = f"{LOOPS}::test_strange_texts_come_back_letter_by_letter_and_open_nothing"
ROUND_TRIP = f"{LOOPS}::test_a_private_export_is_imported_equal_and_an_open_one_names_nobody"
NOBODY = f"{LOOPS}::test_nobodys_name_number_or_whereabouts_is_in_anything_issued"

ROWS: dict[str, list[str]] = {
    "E01": [
        f"{WRITING}::test_a_dangerous_cell_begins_with_an_apostrophe_in_a_csv",
        f"{WRITING}::test_every_cell_of_an_xlsx_but_a_day_is_text",
        f"{WRITING}::test_the_guard_of_a_cell_is_taken_off_again_exactly",
        ROUND_TRIP,
    ],
    "E02": [
        f"{WRITING}::test_what_is_written_reads_back_equal",
        f"{WRITING}::test_a_csv_follows_rfc_4180_and_begins_with_a_byte_order_mark",
        ROUND_TRIP,
    ],
    "E03": [f"{WRITING}::test_a_csv_follows_rfc_4180_and_begins_with_a_byte_order_mark", ROUND_TRIP],
    "E04": [TEXTS, f"{PACK}::test_markup_in_a_complaint_is_only_text"],
    "E05": [
        TEXTS,
        f"{QUIET}::test_s10_a_command_opens_no_network_socket",
        f"{QUIET}::test_s10_control_a_network_socket_is_seen",
    ],
    "E06": [TEXTS],
    "E07": [
        f"{LOOPS}::test_texts_without_end_and_an_empty_month_are_drawn_in_time_and_in_memory",
        f"{LOOPS}::test_a_month_with_two_outages_is_a_pack_that_every_reader_takes_without_a_word",
        f"{PACK}::test_words_of_any_length_stay_in_their_columns",
        f"{PACK}::test_without_its_splitting_a_row_taller_than_a_page_would_stop_the_paper",
        f"{PACK}::test_an_empty_month_still_has_every_page",
        f"{PACK}::test_a_month_of_five_thousand_complaints_loses_none",
    ],
    "E08": [
        TEXTS,
        f"{PACK}::test_characters_without_a_glyph_are_named_before_and_written_out",
        f"{PAPERS}::test_a_paper_of_texts_the_typeface_lacks_says_so",
        "tests/services/test_report_checks.py::test_characters_nobody_can_print_lead_to_where_they_were_typed",
    ],
    "E09": [
        f"{REPORTS}::test_nothing_is_issued_when_the_file_cannot_be_written",
        f"{REPORTS}::test_a_locked_target_is_tried_again_then_told",
        f"{WRITING}::test_a_place_that_is_not_there_or_held_is_told",
        f"{EXPORTS}::test_e09_a_file_held_open_leaves_no_note_and_is_left_as_it_was",
        f"{EXPORTS}::test_e09_a_folder_that_is_gone_and_a_stop_half_way_leave_no_note",
        f"{EXPORTS}::test_e09_a_register_that_cannot_note_it_lets_no_name_out",
        f"{EXPORTS}::test_e09_control_with_the_note_left_out_the_names_are_out_unnoted",
    ],
    "E10": [
        f"{AGAIN}::test_e10_the_same_month_drawn_twice_is_the_same_bytes",
        f"{AGAIN}::test_e10_control_with_the_clock_left_in_two_drawings_differ",
        f"{AGAIN}::test_e10_an_unchanged_month_issued_again_says_the_same_as_a_revision_and_both_are_noted",
        f"{PACK}::test_the_same_pack_is_the_same_bytes_in_every_process",
    ],
    "E11": [
        f"{AGAIN}::test_e11_a_month_changed_after_signing_is_a_revision_that_says_it_replaces_the_first",
        f"{AGAIN}::test_e11_control_a_first_report_says_nothing_of_replacing",
        f"{REPORTS}::test_a_revision_stands_beside_and_takes_the_old_blocks_place",
        f"{REPORTS}::test_an_issued_report_cannot_be_changed_or_deleted",
    ],
    "E12": [
        f"{LOOPS}::test_a_signed_pack_altered_in_any_way_is_told",
        f"{VERIFYING}::test_every_alteration_is_told",
        f"{VERIFYING}::test_without_the_registers_hash_some_alterations_would_pass",
    ],
    "E13": [
        f"{SIGNING}::test_a_certificate_that_cannot_sign_is_refused",
        f"{SIGNING}::test_a_wrong_passphrase_is_refused_and_stands_nowhere",
        f"{SIGNING}::test_a_file_that_is_no_certificate_is_refused",
        f"{SIGNING}::test_a_certificate_on_its_first_and_last_second_signs",
        f"{SIGNING}::test_a_signature_that_does_not_hold_when_read_back_is_never_written",
        f"{PACK}::test_a_draft_pack_bears_the_mark_on_every_page",
    ],
    "E14": [
        f"{LOOPS}::test_every_number_of_a_random_months_pack_is_the_one_counted",
        f"{REPORTS}::test_e14_every_figure_equals_an_independent_count_in_sql",
        "tests/domain/test_rules_agree.py::test_the_months_figures_agree_with_the_naive_reading",
    ],
    "E15": [
        NOBODY,
        ROUND_TRIP,
        f"{EXPORTS}::test_e15_an_open_export_names_nobody_in_any_text",
        f"{EXPORTS}::test_e15_control_without_masking_the_search_finds_the_names",
        f"{EXPORTS}::test_e15_a_citizens_number_is_masked_anywhere_and_other_digits_are_left",
        f"{PACK}::test_no_name_or_telephone_number_of_a_complainant_is_anywhere",
        f"{PAPERS}::test_no_name_and_no_telephone_of_a_complainant_reaches_the_pack",
        f"{PAPERS}::test_a_name_or_number_typed_elsewhere_is_masked",
    ],
    "M01": [
        f"{PICTURES}::test_m01_a_bomb_is_refused_by_its_header_at_once",
        f"{PICTURES}::test_m01_control_with_the_header_check_off_the_memory_grows",
        f"{COPIES}::test_too_many_pixels_are_refused_by_the_header_alone",
        f"{COPIES}::test_without_the_look_at_the_header_the_pixels_would_be_decoded",
    ],
    "M02": [
        f"{LOOPS}::test_pictures_cut_or_flipped_are_refused_or_sound",
        f"{PICTURES}::test_m02_a_picture_cut_anywhere_is_refused_and_a_flipped_one_is_never_an_error_of_ours",
        f"{PICTURES}::test_m02_control_verify_instead_of_load_misses_most_cuts",
        f"{PICTURES}::test_m02_control_with_truncated_pictures_allowed_a_cut_one_passes",
    ],
    "M03": [
        f"{PICTURES}::test_m03_a_polyglot_is_what_its_first_bytes_say",
        f"{ATTACHING}::test_m10_k30_whatever_a_file_is_called_it_is_stored_by_its_hash_and_offered_under_a_tame_name",
        f"{SHELF}::test_a_pdf_is_looked_at_page_by_page_in_our_own_window",
        "tests/test_architecture.py::test_nothing_opens_a_socket_runs_a_program_or_loads_code",
    ],
    "M04": [f"{PICTURES}::test_m04_other_kinds_are_refused_by_their_own_name_with_advice"],
    "M06": [
        f"{PICTURES}::test_m06_the_shown_copy_tells_nothing_but_the_picture",
        f"{PICTURES}::test_m06_png_and_webp_leave_everything_behind_too",
        f"{COPIES}::test_nothing_but_the_picture_is_in_the_copy",
        NOBODY,
    ],
    "M07": [
        f"{PICTURES}::test_m07_however_the_camera_was_held_it_is_shown_upright",
        f"{PICTURES}::test_m07_every_kind_of_colour_is_shown_as_it_looks",
        f"{PICTURES}::test_m07_sixteen_bits_keep_their_brightness",
        f"{PICTURES}::test_m07_an_odd_profile_is_followed_and_a_broken_one_ignored",
        f"{COPIES}::test_a_picture_taken_on_its_side_stands_upright",
    ],
    "M08": [
        f"{ATTACHING}::test_m08_two_hundred_pictures_and_no_more",
        f"{ATTACHING}::test_m08_a_file_too_large_is_refused_without_reading_it",
        f"{PICTURES}::test_m08_a_file_of_more_than_25_mb_is_refused",
        f"{SHELF}::test_m08_many_pictures_do_not_hold_the_window_up",
    ],
    "M09": [
        f"{SHELF}::test_m09_what_a_clipboard_can_hold",
        f"{SHELF}::test_m09_a_huge_picture_on_the_clipboard_is_refused_in_words",
        f"{SHELF}::test_m09_a_picture_on_the_clipboard_is_pasted_by_ctrl_v",
        "tests/ui/test_outage_dialog.py::test_m09_files_clipboard_and_drops",
        f"{PICTURES}::test_a_picture_of_one_colour_is_known",
    ],
    "M10": [
        f"{ATTACHING}::test_m10_k30_whatever_a_file_is_called_it_is_stored_by_its_hash_and_offered_under_a_tame_name"
    ],
    "M11": [
        f"{ERASED}::test_m11_nothing_of_an_erased_picture_is_left_in_the_data_folder",
        f"{ERASED}::test_m11_control_taken_off_instead_of_erased_the_picture_is_still_there",
        f"{ERASED}::test_m11_a_picture_that_another_complaint_has_too_stays_for_it",
        f"{ERASED}::test_m11_taken_off_the_other_complaint_it_is_there_for_an_undo",
        "tests/storage/test_attachment_files.py::test_an_erased_content_leaves_no_byte_in_the_store",
        "tests/services/test_backups.py::test_s05_nothing_older_than_ninety_days_stays_beside_a_newer_one",
    ],
}
LATER = ("M05",)  # said to be for later
AS_WRITTEN_BUT: dict[str, str] = {
    "E01": "no column of the register is a number: a negative number is a text like any other, days are real dates",
    "E10": "a revision says that it is one, so its bytes differ from the first report's by those words alone",
    "E11": "no hash of the report before is printed: the head of the history, which is printed, covers it and its hash",
    "E13": "certificates are files: what a token taken out would be is a file that is gone, or is none",
    "E15": "a place is where the complaint is about and is shown; an address of a complainant has no field of its own",
    "M02": "pictures are decoded in the program's own process, whose memory their header bounds before",
    "M11": "the picture's hash stays in the history as the note of what was erased; made-anew copies are kept nowhere",
}
