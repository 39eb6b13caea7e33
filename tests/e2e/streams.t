#!/usr/bin/perl
# streams.t - programs that are started with a standard stream closed write into no file of theirs
#
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use Broadsheet::Archive;

use POSIX ();

# valgrind opens files of its own where a stream is closed
skip_without(!under_valgrind(), 'valgrind needs the streams');

my $archive = temp_dir();
write_article("$archive/$_.txt", $_) for 1 .. 3;
my $expected = dump_of_new($archive);

sub closed {
    my (@fds) = @_;
    return { before => sub { POSIX::close($_) for @fds } };
}

for my $fds ([0], [1], [2], [ 1, 2 ], [ 0, 1, 2 ]) {
    my $db = temp_dir() . '/db';
    for my $option ([], ['--rebuild'], ['--compact']) {
        my $r = indexer('--db', $db, @$option, @$option && $option->[0] eq '--compact' ? () : $archive, closed(@$fds));
        is($r->{status}, 0, "without @$fds: @$option succeeds");
        is(is_sound($db), '', 'the index is sound');
        like(slurp("$db/lock"), qr/\Apid \d+\nhost .*\nstart .*\ncommand .*\n\z/, 'and nothing but the holder is in the lock');
    }
    indexer('--db', $db, "$archive/none.txt", closed(@$fds));
    unlike(slurp("$db/lock"), qr/none\.txt:/, 'a message goes nowhere');
    is_same_dump(dump_of($db), $expected, 'all is indexed');
}

my $db = temp_dir() . '/db';
indexer('--db', $db, '-q', $archive);
for my $fds ([1], [ 0, 1 ], [ 0, 1, 2 ]) {
    is(searcher('--db', $db, 'council', closed(@$fds))->{status}, 74, "without @$fds: an answer that cannot be printed is an error");
    is(indexer('--db', $db, '--dump', closed(@$fds))->{status}, 74, 'and a dump');
}
is(indexer('--db', $db, '--files-from=-', closed(0))->{status}, 64, 'a list cannot be read from where nothing is');
is(run(program('search.cgi'), closed(1), { env => { REQUEST_METHOD => 'GET', QUERY_STRING => 'q=council' } })->{status}, 74,
    'and a page that cannot be printed is an error');

done_testing();
