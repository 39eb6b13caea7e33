/* shim-remote.c - remote databases, stub files, replication: with Xapian's own programs
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include "shim-common.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

/* Whether the program is in PATH: a test without it passes with a word about it. */
static bool
have(const char *program)
{
    const char *path = getenv("PATH");

    while (path != NULL && *path != '\0') {
        size_t length = strcspn(path, ":");
        char file[1024];

        snprintf(file, sizeof file, "%.*s/%s", (int)length, path, program);
        if (access(file, X_OK) == 0)
            return true;
        path += length + (path[length] == ':');
    }
    print_message("# %s is not installed\n", program);
    return false;
}

static pid_t
start(const char *const arguments[])
{
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        int null = open("/dev/null", O_RDWR);
        char *copies[16] = {NULL};

        /* a server that is told to end tells its whole group; and none stays when the test fails */
        setsid();
        prctl(PR_SET_PDEATHSIG, SIGTERM);

        for (size_t i = 0; arguments[i] != NULL && i + 1 < sizeof copies / sizeof *copies; i++)
            copies[i] = strdup(arguments[i]);

        dup2(null, 0);
        dup2(null, 1);
        dup2(null, 2);
        execvp(copies[0], copies);
        _exit(127);
    }
    return child;
}

static int
finish(pid_t child)
{
    int status;

    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static void
stop(pid_t child)
{
    kill(child, SIGTERM);
    finish(child);
}

/* A port of the loopback that nobody has at the moment. */
static unsigned
free_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t length = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &length), 0);
    close(fd);
    return ntohs(address.sin_port);
}

/* A server of path, listening; writable or not. */
static pid_t
serve(const char *path, unsigned port, bool writable)
{
    const struct timespec moment = {0, 20 * 1000 * 1000};
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    char number[16], place[1024];
    const char *const arguments[] = {
        "xapian-tcpsrv", "--interface=127.0.0.1",        "-q", "-p", number,
        place,           writable ? "--writable" : NULL, NULL};
    pid_t child;

    snprintf(number, sizeof number, "%u", port);
    snprintf(place, sizeof place, "%s", path);
    child = start(arguments);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int i = 0; i < 500; i++) {
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        int connected = connect(fd, (struct sockaddr *)&address, sizeof address);

        close(fd);
        if (connected == 0)
            return child;
        nanosleep(&moment, NULL);
    }
    fail_msg("xapian-tcpsrv does not listen");
    return child;
}

static enum xap_code
want_none(void *data, const struct xap_document *document, bool *wanted, struct xap_error *error)
{
    (void)document;
    *wanted = false;
    return shim_own_called(data, error);
}

/* What works, and what does not, whatever serves. */
static void
search_it(struct xap_database *database)
{
    static const struct xap_match_decider_functions functions = {want_none, NULL};
    struct xap_error error;
    struct shim_own own = {0};
    struct xap_query *query = shim_term("odd");
    struct xap_match_spy *spy;
    struct xap_match_decider *decider;
    struct xap_weight *weight;
    struct xap_enquire *enquire;
    struct xap_mset *mset;
    struct xap_document *document;
    struct xap_term_iterator *terms, *values;
    struct xap_posting_iterator *postings;
    const char *bytes;
    size_t length;
    xap_doccount count;
    xap_docid docid;
    bool locked;

    OK(xap_database_get_doccount(database, &count, &error));
    assert_int_equal(count, 5);
    OK(xap_database_keep_alive(database, &error));
    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    OK(xap_weight_new_bm25(1, 0, 1, 0.5, 0.5, &weight, &error));
    OK(xap_enquire_set_weighting_scheme(enquire, weight, &error));
    OK(xap_value_count_match_spy_new(0, &spy, &error));
    OK(xap_enquire_add_matchspy(enquire, spy, &error));
    OK(xap_enquire_get_mset(enquire, 0, 10, 10, NULL, &mset, &error));
    assert_int_equal(xap_mset_size(mset), 3);
    OK(xap_mset_get_docid(mset, 0, &docid, &error));
    assert_int_equal(docid, 1);
    OK(xap_mset_get_document(mset, 0, &document, &error));
    OK(xap_document_get_data(document, &bytes, &length, &error));
    assert_bytes(bytes, length, "data 1");
    OK(xap_mset_snippet(mset, S("an odd thing"), 100, NULL, 0, NULL, NULL, NULL, &bytes, &length,
                        &error));
    assert_bytes(bytes, length, "an <b>odd</b> thing");
    assert_int_equal(xap_value_count_match_spy_get_total(spy), 3);
    OK(xap_value_count_match_spy_values_begin(spy, &values, &error));
    OK(xap_term_iterator_get(values, &bytes, &length, &error));
    assert_bytes(bytes, length, "v1");
    OK(xap_database_allterms_begin(database, S("only"), &terms, &error));
    OK(xap_term_iterator_next(terms, &error));
    OK(xap_term_iterator_get(terms, &bytes, &length, &error));
    assert_bytes(bytes, length, "only2");
    OK(xap_database_postlist_begin(database, S("even"), &postings, &error));
    OK(xap_posting_iterator_get(postings, &docid, &error));
    assert_int_equal(docid, 2);
    OK(xap_database_get_metadata(database, S("key"), &bytes, &length, &error));
    assert_bytes(bytes, length, "value");
    OK(xap_match_decider_new(&functions, &own, &decider, &error));
    assert_int_not_equal(xap_database_locked(database, &locked, &error), XAP_OK);
    xap_mset_free(mset);
    OK(xap_enquire_clear_matchspies(enquire, &error));
    FAILS(XAP_UNIMPLEMENTED_ERROR,
          xap_enquire_get_mset_decider(enquire, 0, 10, 0, NULL, decider, &mset, &error));
    assert_int_equal(own.calls, 0);
    /* parents first */
    xap_database_free(database);
    OK(xap_term_iterator_next(terms, &error));
    xap_match_decider_free(decider);
    xap_posting_iterator_free(postings);
    xap_term_iterator_free(terms);
    xap_term_iterator_free(values);
    xap_match_spy_free(spy);
    xap_weight_free(weight);
    xap_document_free(document);
    xap_enquire_free(enquire);
    xap_query_free(query);
}

static void
write_it(struct xap_writable_database *writable)
{
    struct xap_error error;
    struct xap_document *document;
    const char *bytes;
    size_t length;
    xap_docid docid;

    OK(xap_document_new(&document, &error));
    OK(xap_document_add_term(document, S("far"), 1, &error));
    OK(xap_writable_database_add_document(writable, document, &docid, &error));
    assert_int_equal(docid, 6);
    OK(xap_writable_database_set_metadata(writable, S("where"), S("far away"), &error));
    OK(xap_writable_database_add_spelling(writable, S("repatriation"), 1, &error));
    FAILS(XAP_UNIMPLEMENTED_ERROR,
          xap_writable_database_add_synonym(writable, S("a"), S("b"), &error));
    OK(xap_writable_database_commit(writable, &error));
    OK(xap_database_get_metadata(xap_writable_database_as_database(writable), S("where"), &bytes,
                                 &length, &error));
    assert_bytes(bytes, length, "far away");
    OK(xap_writable_database_delete_document(writable, 6, &error));
    OK(xap_writable_database_close(writable, &error));
    xap_document_free(document);
    xap_writable_database_free(writable);
}

static void
over_tcp(void **state)
{
    struct xap_error error;
    struct xap_database *database;
    struct xap_writable_database *writable;
    unsigned port = free_port();
    const char *suggestion;
    size_t length;
    pid_t server;

    if (!have("xapian-tcpsrv"))
        return;
    shim_sample(shim_path(state, "db"));
    /* nobody is there */
    assert_int_equal(xap_remote_open("127.0.0.1", port, 10000, 10000, &database, &error),
                     XAP_NETWORK_ERROR);
    assert_null(database);
    assert_int_equal(error.sys_errno, ECONNREFUSED);
    assert_non_null(strstr(error.context, "127.0.0.1"));
    server = serve(shim_path(state, "db"), port, false);
    OK(xap_remote_open("127.0.0.1", port, 10000, 10000, &database, &error));
    search_it(database);
    assert_int_not_equal(
        xap_remote_open_writable("127.0.0.1", port, 10000, 10000, 0, &writable, &error), XAP_OK);
    assert_null(writable);
    stop(server);
    port = free_port();
    server = serve(shim_path(state, "db"), port, true);
    OK(xap_remote_open_writable("127.0.0.1", port, 10000, 10000, 0, &writable, &error));
    write_it(writable);
    stop(server);
    OK(xap_database_new_open(shim_path(state, "db"), 0, &database, &error));
    OK(xap_database_get_spelling_suggestion(database, S("repatriaton"), 2, &suggestion, &length,
                                            &error));
    assert_bytes(suggestion, length, "repatriation");
    xap_database_free(database);
}

static void
a_server_that_goes_away(void **state)
{
    struct xap_error error;
    struct xap_database *database, *none;
    unsigned port = free_port();
    xap_doccount count;
    pid_t server;
    struct xap_term_iterator *terms;
    enum xap_code code;

    if (!have("xapian-tcpsrv"))
        return;
    signal(SIGPIPE, SIG_IGN);
    shim_sample(shim_path(state, "db"));
    server = serve(shim_path(state, "db"), port, false);
    OK(xap_remote_open("127.0.0.1", port, 2000, 10000, &database, &error));
    OK(xap_database_get_doccount(database, &count, &error));
    /* the connection is served by a child, which goes on: close it at this end */
    stop(server);
    OK(xap_database_close(database, &error));
    code = xap_database_allterms_begin(database, NULL, 0, &terms, &error);
    assert_true(code == XAP_DATABASE_CLOSED_ERROR || code == XAP_NETWORK_ERROR);
    assert_null(terms);
    FAILS(XAP_NETWORK_ERROR, xap_remote_open("127.0.0.1", port, 2000, 2000, &none, &error));
    assert_null(none);
    xap_database_free(database);
    signal(SIGPIPE, SIG_DFL);
}

static void
through_a_program(void **state)
{
    struct xap_error error;
    struct xap_database *database;
    struct xap_writable_database *writable;
    char arguments[1200];

    if (!have("xapian-progsrv"))
        return;
    shim_sample(shim_path(state, "db"));
    OK(xap_remote_open_program("xapian-progsrv", shim_path(state, "db"), 10000, &database, &error));
    search_it(database);
    snprintf(arguments, sizeof arguments, "--writable %s", shim_path(state, "db"));
    OK(xap_remote_open_writable_program("xapian-progsrv", arguments, 10000, 0, &writable, &error));
    write_it(writable);
    FAILS(XAP_NETWORK_ERROR, xap_remote_open_program("false", "", 10000, &database, &error));
    assert_null(database);
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_remote_open_program(NULL, "", 10000, &database, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_remote_open_writable_program("xapian-progsrv", NULL, 10000, 0, &writable, &error));
}

static void
stub_files(void **state)
{
    struct xap_error error;
    struct xap_database *database;
    const char *stub = shim_path(state, "stub");
    xap_doccount count;
    FILE *file;

    shim_sample(shim_path(state, "first"));
    shim_sample(shim_path(state, "second"));
    file = fopen(stub, "w");
    assert_non_null(file);
    fprintf(file, "# two, one of them through a program\nauto first\n");
    if (have("xapian-progsrv"))
        fprintf(file, "remote :xapian-progsrv %s\n", shim_path(state, "second"));
    else
        fprintf(file, "auto second\n");
    assert_int_equal(fclose(file), 0);
    OK(xap_database_new_open(stub, XAP_DB_BACKEND_STUB, &database, &error));
    assert_int_equal(xap_database_size(database), 2);
    OK(xap_database_get_doccount(database, &count, &error));
    assert_int_equal(count, 10);
    xap_database_free(database);
}

static void
replication(void **state)
{
    struct xap_error error;
    struct xap_writable_database *writable;
    struct xap_database *replica;
    char port[16], master_folder[1024], replica_folder[1024];
    const char *const server_arguments[] = {
        "xapian-replicate-server", "-I", "127.0.0.1", "-p", port, master_folder, NULL};
    const char *const client_arguments[] = {
        "xapian-replicate", "-h", "127.0.0.1", "-p", port, "-m", "db", "-o", replica_folder, NULL};
    const struct timespec moment = {0, 50 * 1000 * 1000};
    const char *bytes;
    size_t length;
    xap_doccount count;
    bool reopened;
    pid_t server;
    int status = 1;

    if (!have("xapian-replicate-server") || !have("xapian-replicate"))
        return;
    assert_int_equal(setenv("XAPIAN_MAX_CHANGESETS", "10", 1), 0);
    shim_sample(shim_path(state, "db"));
    snprintf(port, sizeof port, "%u", free_port());
    snprintf(master_folder, sizeof master_folder, "%s", (const char *)*state);
    snprintf(replica_folder, sizeof replica_folder, "%s", shim_path(state, "replica"));
    server = start(server_arguments);
    for (int i = 0; i < 100 && status != 0; i++) {
        nanosleep(&moment, NULL);
        status = finish(start(client_arguments));
    }
    assert_int_equal(status, 0);
    OK(xap_database_new_open(replica_folder, 0, &replica, &error));
    OK(xap_database_get_doccount(replica, &count, &error));
    assert_int_equal(count, SHIM_DOCUMENTS);
    /* a change goes over as a change */
    shim_commit_one_more(shim_path(state, "db"));
    OK(xap_writable_database_new_open(shim_path(state, "db"), XAP_DB_OPEN, 0, &writable, &error));
    OK(xap_writable_database_set_metadata(writable, S("key"), S("newer"), &error));
    OK(xap_writable_database_commit(writable, &error));
    xap_writable_database_free(writable);
    assert_int_equal(finish(start(client_arguments)), 0);
    OK(xap_database_reopen(replica, &reopened, &error));
    xap_database_free(replica);
    OK(xap_database_new_open(replica_folder, 0, &replica, &error));
    OK(xap_database_get_doccount(replica, &count, &error));
    assert_int_equal(count, SHIM_DOCUMENTS + 1);
    OK(xap_database_get_metadata(replica, S("key"), &bytes, &length, &error));
    assert_bytes(bytes, length, "newer");
    xap_database_free(replica);
    stop(server);
    assert_int_equal(unsetenv("XAPIAN_MAX_CHANGESETS"), 0);
}

#define TEST(title, function)                            \
    {                                                    \
        title, function, shim_setup, shim_teardown, NULL \
    }

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST("over TCP, reading and writing", over_tcp),
        TEST("a server that goes away", a_server_that_goes_away),
        TEST("through a program, reading and writing", through_a_program),
        TEST("stub files join databases", stub_files),
        TEST("a replica follows", replication),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("shim-remote", tests, NULL, NULL);
}
