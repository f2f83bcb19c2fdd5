#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The safeguards of a replica, taken out one by one; see mutate.sh.
set -eu
layer=store
tests='store/test_replica store/test_replica_queue store/test_undo store/test_share_hostile store/test_operation
	store/test_replay store/test_share_random store/test_share_large store/test_share_sim
	store/test_replica_faults'
helpers='tree store/store_test store/replica_test store/random_operation store/fault_vfs
	sync/memory_drive sync/chain sync/simulator sync/simulator_call sync/simulator_ops
	sync/simulator_server sync/simulator_whole'
# shellcheck source=tests/tools/mutate.sh
. "${top_srcdir:?}/tests/tools/mutate.sh"

within() {
	printf '/^static enum rc %s(/,/^}/%s' "$1" "$2"
}

mutate 'nothing is taken back before others are applied' receive.c \
	"$(within receive_all 's/= replica_take_back(replica, err)/= RC_OK/')"
mutate 'what waits is not run again' receive.c \
	"$(within receive_all 's/rc = pending_run_again(replica, err);/rc = RC_OK;/')"
mutate 'what came back stays in the queue' receive.c \
	's/rc = pending_remove(replica, operation->id.hex, err);/rc = RC_OK;/'
mutate 'what the rules refuse is left half done' receive.c \
	"$(within receive_checked 's/rc = query_run(replica, STATEMENT_SAVEPOINT_UNDO, err);/rc = RC_OK;/')"
mutate 'all that is not run is called the same' receive.c 's/return "conflict";/return "refused";/'
mutate 'any operation may follow' receive.c 's/operation->at.number != head.number + 1/false/;s/rc = history_check(replica, &head, operation->text, operation->length, err);/rc = RC_OK;/'
mutate 'a change of others goes unseen by who expects none' receive.c \
	"$(within receive_all 's/rc = replica_version_next(replica, err);/rc = RC_OK;/')"
mutate 'confirmed on any head' receive.c 's/is_head(&last, head) && //'
mutate 'confirmed whatever the text' receive.c 's/ && is_text_of(&first, head, text, length)//'
mutate 'what was confirmed stays in the queue' receive.c \
	's/query_run(replica, STATEMENT_PENDING_DONE, err)/RC_OK/'
mutate 'a lost branch is forgotten' receive.c 's/rc = queue_after(replica, number, err);/rc = RC_OK;/'
mutate 'going back leaves the tables' receive.c \
	"$(within rewind_to 's/rc = run_history_again(replica, err);/rc = RC_OK;/')"
mutate 'rows in the way of others are damage' receive.c 's/if (taken == RC_CONFLICT)/if (false)/'
mutate 'references are checked at the end of it all' receive.c \
	's/PRAGMA defer_foreign_keys = OFF/SELECT 1/'
mutate 'what conflicts is not parked' pending.c \
	's/return pending_park(replica, operation->number, verdict.text, err);/return rc;/'
mutate 'what follows a parked change goes on' pending.c 's/if (!parked_at)/if (true)/'
mutate 'what is parked is left half done' pending.c \
	"$(within try_run 's/query_run(replica, STATEMENT_SAVEPOINT_UNDO, err)/RC_OK/')"
mutate 'a lack of memory parks' pending.c 's/return rc == RC_CONFLICT ||/return rc == RC_IO || rc == RC_CONFLICT ||/'
mutate 'the version of a commit stays' pending.c \
	'/^enum rc pending_add/,/^}/s/rc = replica_version_next(replica, err);/rc = RC_OK;/'
mutate 'codes that others have are kept' pending.c 's/ran == RC_REFUSED && operation->number < 0/false/'
mutate 'codes are always given anew' pending.c 's/ran == RC_REFUSED && operation->number < 0/operation->number < 0/;s/if (strcmp(open.data, published) != 0)/if (true)/'
mutate 'codes are given once for all' pending.c 's/codes_number(replica, composed, &run->text, err)/(strbuf_adds(\&run->text, composed), RC_OK)/'
mutate 'changes that were never begun are ended' changes.c 's/if (session)$/if (true)/'
mutate 'rows that are not as they were left are overwritten' changes.c 's/return SQLITE_CHANGESET_ABORT;/return SQLITE_CHANGESET_OMIT;/'
mutate 'the parent is not checked' history.c 's/if (!parent || strcmp(parent, head->hash.hex) != 0)/if (false)/'
mutate 'an operation may come twice' history.c 's/if (query_integer(query, HEAD_IS_THERE))/if (false)/'
mutate 'what is newer is understood' history.c 's/if (query_integer(query, HEAD_SCHEMA) > now)/if (false)/'
mutate 'a row that was changed meanwhile is removed by an undo' undo_compose.c \
	's/rc = check_inserted(store, prior->target, edit, err);/rc = RC_OK;/'
mutate 'an undo takes the word of who agreed' undo_compose.c 's/if (!is_idle(prior, field))/if (true)/'
mutate 'the number of what was removed is given again' codes.c \
	's/size_t count = store->is_replica ? ARRAY_COUNT(places) : ARRAY_COUNT(places) - 1;/size_t count = 1;/'
mutate 'a removed row keeps the number it was queued with' codes.c 's/if (code->is_deleted)$/if (false)/'
mutate 'what was refused is run by the replay' history.c 's/if (!row->refused)/if (true)/'
mutate 'the hash is not checked by the replay' history.c \
	's/strcmp(digest_of(row->text, row->length).hex, row->hash) == 0/true/'
mutate 'escaped zeros are let in' history.c 's/ || has_escaped_zero(text)//'
mutate 'texts that are no UTF-8 are let in' history.c 's/!utf8_is_valid(text, length) || //'
mutate 'one that is not understood takes those before it along' share_round.c 's/if (count > 1 \&\&/if (false \&\&/'
mutate 'a round takes in all there is' share_round.c 's/ROUND_RECEIVED = 256/ROUND_RECEIVED = 1000000/'
mutate 'a chain that does not go on is a fork' share_round.c 's/common == head.number)$/false)/'
mutate 'a short branch is a lost tail' share_round.c 's/if (result != LOG_GONE)/if (true)/'
mutate 'the replica is not set aside' share_round.c 's/rc = replica_set_aside(round->replica, err);/rc = RC_OK;/'
mutate 'who may only read publishes' share_round.c 's/!round->read_only/true/'
mutate 'the head is not looked for' share_round.c 's/if (round->check_head)/if (false)/'
mutate 'a commit does not wait for the disk' replica.c 's/synchronous = FULL/synchronous = OFF/'
mutate 'two copies set aside have one name' replica.c 's/access(path.data, F_OK) == 0/false/'
mutate 'the queue holds no long operation' connection.c 's/4 \* LOG_TEXT_LIMIT/2 * LOG_TEXT_LIMIT/'
mutate 'what SQLite leaves beside a new file stays' create.c \
	'/^enum rc store_make_file/,/^}/s/remove_beside(temporary.data);/(void)0;/'

end
