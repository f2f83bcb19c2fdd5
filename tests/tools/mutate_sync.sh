#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The safeguards of src/sync, taken out one by one; see mutate.sh.
set -eu
layer=sync
tests='sync/test_base_name sync/test_place sync/test_presence sync/test_whole_sim
	sync/test_folder_whole sync/test_turn sync/test_log sync/test_folder_sweep sync/test_log_sim
	sync/test_log_disasters sync/test_folder'
helpers='tree sync/folder_test sync/group sync/chain sync/simulator sync/simulator_call sync/simulator_ops
	sync/simulator_server sync/simulator_whole'
# shellcheck source=tests/tools/mutate.sh
. "${top_srcdir:?}/tests/tools/mutate.sh"

mutate 'a file is renamed, not linked' folder_put.c 's/rename : link,/rename : rename,/'
mutate 'no fsync before the name is given' folder_put.c 's/return fsync(fd) != 0 ? errno : 0;/return 0;/'
mutate 'the self-test believes what it is told' folder_probe.c \
	's/return failure && keeps_first(folder, name) ? 0 : EEXIST;/return 0;/'
mutate 'the umask decides the bits' folder_put.c 's/!is_set \&\& fchmod(fd, bits) != 0/false/'
mutate 'a temporary made ahead keeps the bits of then' folder_spare.c 's/spare.bits == folder_file_bits(folder)/true/'
mutate 'no fsync of a temporary made ahead' folder_spare.c \
	's/folder_write_and_sync(spare.fd, content) == 0/folder_write(spare.fd, content->bytes, content->length) == 0/'
mutate 'a temporary made ahead is relied on' folder_put.c '/^int folder_put(/,/^}/s/if (failure == ENOENT)/if (!ready)/'
mutate 'it is tidied up before it is used' folder_tidy.c 's/^static void remove_own.*/&/;/^	drive_names left = {0};/s/$/ folder_give_up_spare(folder);/'
mutate 'links are followed' folder.c 's/ | O_NOFOLLOW//'
mutate 'a missing primitive ends it' folder_probe.c 's/if (failure && failure != EEXIST)/if (false)/'
mutate 'leftovers of the living are removed' folder_tidy.c 's/now - LEFTOVER_SECONDS/now + 1/'
mutate 'no read-back' drive.c 's/(void)drive->ops->put_if_absent(/return drive->ops->put_if_absent(/'
mutate 'whatever is there is taken for ours' drive.c 's/if (there.length != length ||.*/if (false)/'
mutate 'absent is believed after a put' drive.c 's/if (result != DRIVE_ABSENT)/if (true)/'
mutate 'no check of the hash' frame.c 's/memcmp(expected.data, seal, length) == 0/true/'
mutate 'no check of the parent' log.c 's/if (strcmp(framed->start.parent.hex, head->hash.hex) != 0)/if (false)/'
mutate 'no refresh before a pull' log.c 's/result = refresh(drive, head->number + 1, head->number > 0, err);/result = LOG_DONE;/'
mutate 'no refresh of the uppermost folder' log.c 's/if (result == DRIVE_ABSENT)/if (false)/'
mutate 'no look at the head before a put' log.c \
	's/enum log_result result = log_check_head(drive, head, err);/enum log_result result = LOG_DONE;/'
mutate 'gone is believed of an old answer' log.c '/believed only/,/^	}/{/if (result == LOG_LOST)/s/result == LOG_LOST/false/;}'
mutate 'a drive that is not mounted has lost its operations' log.c 's/return result == LOG_DONE ? gone(number, err) : result;/return gone(number, err);/'
mutate 'the folder of a log is made where the drive was' folder_put.c 's/folder->is_known ? look_for_folder(folder->path) : make_one/make_one/'
mutate 'a gap is filled with anything' log.c 's/result = check_next(drive, head->number + 1, &hash, err);/result = LOG_DONE;/'
mutate 'far behind is taken for a gap' log.c 's/result = look_anew(drive, number, err);/result = LOG_LOST;/'
mutate 'what got no name stays on a full disk' folder_put.c '/^	if (failure)$/{N;s/unlink(temporary);/(void)0;/;}'
mutate 'temporaries lie between the files of people' folder.c \
	's|"%s/" FOLDER_TEMPORARIES, slash ? slash + 1 : path);|"%s", FOLDER_TEMPORARIES);|'
mutate 'a file is set aside onto another' folder_whole.c 's/O_CREAT | O_EXCL/O_CREAT/'
mutate 'the end of an older copy stays behind a fetched file' folder_whole.c 's/ftruncate(to, 0) != 0/false/'
mutate 'a full local disk goes unseen' folder_whole.c 's/failure->local = folder_write(to, piece, (size_t)got);/(void)folder_write(to, piece, (size_t)got);/'
mutate 'a snapshot that is too new is taken' base_name.c 's/at.number > at_most ||/at.number < 0 ||/'
mutate 'a conflict copy of a snapshot is taken' base_name.c 's/strcmp(rest + digits, ".db") != 0/false/'
mutate 'the lower of two mounts counts' mountinfo.c 's/strlen(read.point) >= longest/strlen(read.point) > longest/'
mutate 'a name that only begins as a mount point is below it' mountinfo.c \
	"s/ && (path\[length\] == '\/' || !path\[length\])//"
mutate 'a home with Dropbox in it is refused' place.c 's/(mark->is_file \&\& !is_file(folder, name))/false/'
mutate 'no look at conflict copies' place.c 's/return rc == RC_OK ? check_copies(log_path, err) : rc;/return rc;/'
mutate 'no look at the folders above' place.c 's/is_same = strcmp(above, at) != 0 \&\&/is_same = false \&\&/'
mutate 'the dead are waited for each time' turn.c 's/is_ahead(seen, turn) \&\& !is_stale(seen, now)/is_ahead(seen, turn)/'
mutate 'patience never ends' turn.c 's/if (!turn->ticket || now - turn->since >= TURN_PATIENCE_MS)/if (!turn->ticket)/'
mutate 'each question is a call' turn.c 's/if (now < turn->next_look)/if (false)/'
mutate 'who loses again goes to the end' turn.c 's/if (!turn->ticket) {/if (true) {/'
mutate 'nobody is ever gone' presence.c 's/ && now - other->changed < PRESENCE_GONE_MS//'
mutate 'a file that nobody knows is removed' presence.c 's/if (other->words\[0\] \&\& now/if (now/'
mutate 'controls of others reach the screen' presence_text.c 's/utf8_fit(&word, raw, WORD_COLUMNS)/strbuf_adds(\&word, raw)/'

end
