/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/publication.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/difference.h"
#include "nucleo/store/history.h"
#include "nucleo/store/replica.h"
#include "nucleo/store/snapshot.h"
#include "nucleo/sync/base_name.h"

/* What a replica keeps of the file it was made from. */
#define ADOPTED_NAME "adopted"

/* What lies under the name now. */
enum found { FOUND_NONE, FOUND_OLDER, FOUND_CURRENT, FOUND_FOREIGN, FOUND_UNKNOWN };

/* A free path beside the replica for a file of a moment; owned. */
static char *temporary_path(const struct store *replica)
{
	struct strbuf path;
	strbuf_init(&path);
	strbuf_addf(&path, "%s.%s.tmp", replica->path, random_id_new().hex);
	return strbuf_detach(&path);
}

static enum drive_result read_header(const struct publication *publication, struct strbuf *header,
				     struct error *err)
{
	struct drive *drive = publication->drive;
	return drive->ops->read(drive, publication->name, SNAPSHOT_HEADER_SIZE, header, err);
}

/* Every write changes the counter in it. */
static bool is_adopted(const struct publication *publication, const struct strbuf *header)
{
	struct strbuf known;
	strbuf_init(&known);
	bool is = replica_recall(publication->replica, ADOPTED_NAME, &known, NULL) == RC_OK &&
		  strcmp(known.data, digest_of(header->data, header->length).hex) == 0;
	strbuf_release(&known);
	return is;
}

static enum found judge(const struct publication *publication, const struct strbuf *header,
			int64_t head)
{
	int64_t number;
	if (snapshot_header_read((const unsigned char *)header->data, header->length, &number))
		return number >= head ? FOUND_CURRENT : FOUND_OLDER;
	return is_adopted(publication, header) ? FOUND_OLDER : FOUND_FOREIGN;
}

static enum found look(const struct publication *publication, int64_t head, struct error *err)
{
	struct strbuf header;
	enum found found = FOUND_UNKNOWN;
	strbuf_init(&header);
	enum drive_result result = read_header(publication, &header, err);
	if (result == DRIVE_DONE)
		found = judge(publication, &header, head);
	else if (result == DRIVE_ABSENT)
		found = FOUND_NONE;
	strbuf_release(&header);
	return found;
}

enum rc publication_adopted(struct store *replica, struct drive *drive, const char *name,
			    struct error *err)
{
	const struct publication publication = {
		.replica = replica, .drive = drive, .name = name};
	struct strbuf header;
	strbuf_init(&header);
	enum rc rc = read_header(&publication, &header, err) == DRIVE_DONE ? RC_OK : RC_BUSY;
	if (rc == RC_OK)
		rc = replica_remember(replica, ADOPTED_NAME,
				      digest_of(header.data, header.length).hex, err);
	strbuf_release(&header);
	return rc;
}

/* ---- a file of another program */

static enum drive_result fetch(const struct publication *publication, const char *path,
			       struct error *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return DRIVE_UNKNOWN;
	enum drive_result result = publication->drive->ops->fetch(publication->drive,
								  publication->name, fd, err);
	close(fd);
	return result;
}

/* Whether it holds nothing that the group does not have, as a database from before it had a log;
 * else how its rows differ, or why they cannot be read. */
static bool is_harmless(const struct publication *publication, struct strbuf *differences)
{
	struct error err;
	struct store *foreign = NULL;
	struct log_head head;
	int64_t count = 1;
	char *path = temporary_path(publication->replica);
	enum rc rc = RC_IO;
	if (fetch(publication, path, &err) == DRIVE_DONE) {
		const struct snapshot_copy copy = {path, publication->name, publication->drive};
		rc = snapshot_open(&copy, &foreign, &head, &err);
		if (rc == RC_OK)
			rc = store_differences(publication->replica, foreign, &count, differences,
					       &err);
		if (rc != RC_OK)
			strbuf_adds(differences, err.text);
	}
	store_close(foreign);
	store_remove(path);
	free(path);
	return rc == RC_OK && count == 0;
}

static enum drive_result set_aside(const struct publication *publication, struct strbuf *other,
				   struct error *err)
{
	struct drive *drive = publication->drive;
	strbuf_addf(other, "%s.foreign-", publication->name);
	clock_add_utc(other);
	return drive->ops->set_aside(drive, publication->name, other->data, err);
}

static bool move_foreign(const struct publication *publication, struct strbuf *notice,
			 struct error *err)
{
	struct strbuf differences, other;
	strbuf_init(&differences);
	strbuf_init(&other);
	bool is_gone = is_harmless(publication, &differences);
	if (!is_gone) {
		enum drive_result result = set_aside(publication, &other, err);
		is_gone = result == DRIVE_DONE || result == DRIVE_ABSENT;
		if (result == DRIVE_DONE)
			strbuf_addf(notice,
				    _("otro programa escribió en «%s»: nucleo no lo usa y lo dejó "
				      "en «%s»; filas distintas: %s"),
				    publication->name, other.data,
				    differences.length ? differences.data : _("no se sabe"));
	}
	strbuf_release(&other);
	strbuf_release(&differences);
	return is_gone;
}

/* ---- ours */

static enum drive_result put(struct drive *drive, const char *name, const char *path,
			     struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return DRIVE_UNKNOWN;
	enum drive_result result = drive->ops->publish(drive, name, fd, err);
	close(fd);
	return result;
}

/* Under its name, or without one under that of its head, which may have moved since it was looked
 * at: so much the better. */
static enum publication_result publish(struct store *replica, struct drive *drive,
				       const char *plain_name, struct error *err)
{
	struct log_head head;
	struct strbuf name;
	char *path = temporary_path(replica);
	enum publication_result result = PUBLICATION_REFUSED;
	strbuf_init(&name);
	if (snapshot_write(replica, path, &head, err) == RC_OK) {
		if (plain_name)
			strbuf_adds(&name, plain_name);
		else
			base_name_add(&name, &head);
		if (put(drive, name.data, path, err) == DRIVE_DONE)
			result = PUBLICATION_DONE;
		store_remove(path);
	}
	strbuf_release(&name);
	free(path);
	return result;
}

enum publication_result publication_update(const struct publication *publication,
					   struct strbuf *notice, struct error *err)
{
	struct log_head head;
	if (history_head(publication->replica, &head, err) != RC_OK)
		return PUBLICATION_REFUSED;
	switch (look(publication, head.number, err)) {
	case FOUND_CURRENT:
		return PUBLICATION_DONE;
	case FOUND_UNKNOWN:
		return PUBLICATION_REFUSED;
	case FOUND_FOREIGN:
		if (!move_foreign(publication, notice, err))
			return PUBLICATION_REFUSED;
		break;
	case FOUND_NONE:
	case FOUND_OLDER:
		break;
	}
	return publish(publication->replica, publication->drive, publication->name, err);
}

enum publication_result publication_replace(struct store *replica, struct drive *drive,
					    const char *name, struct error *err)
{
	return publish(replica, drive, name, err);
}

enum publication_result publication_add_base(struct store *replica, struct drive *log,
					     struct error *err)
{
	return publish(replica, log, NULL, err);
}
