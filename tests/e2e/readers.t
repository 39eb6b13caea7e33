#!/usr/bin/perl
# readers.t - searching beside commits, a rebuild and a compaction: every answer is whole
#
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use Broadsheet::Archive;

use JSON::PP ();
use POSIX    ();
use Time::HiRes qw(sleep time);

my $rounds  = $ENV{BROADSHEET_ROUNDS} || (under_sanitizers() ? 4 : 12);
my $archive = temp_dir();
write_article("$archive/$_.txt", $_, 0, 60) for 1 .. 100;
my $always = temp_dir();
age(spew("$always/always.txt", "An everlasting story\n\nThe sempervirent tree of the council never fades.\n"));
my $db = temp_dir() . '/db';
is(indexer('--db', $db, '-q', $always, $archive)->{status}, 0, 'an index to search');
my $first = info_of($db)->{revision};

# Searches until it is told to end; writes a line for each answer that is not whole, and the number of answers last.
sub start_reader {
    my ($query, $is_whole) = @_;
    my $log = temp_dir() . '/log';
    my $pid = fork // die "fork: $!";
    return ($pid, $log) if $pid;
    my $end = 0;
    local $SIG{TERM} = sub { $end = 1 };
    open my $fh, '>', $log or POSIX::_exit(1);
    my $n = 0;
    until ($end) {
        my $r = searcher('--db', $db, '--format=json', $query);
        my $answer = eval { JSON::PP::decode_json($r->{stdout}) };
        $n++;
        print {$fh} "status ", $r->{status} // "signal $r->{signal}", ": $r->{stderr}$r->{stdout}\n"
            if ($r->{status} // -1) != 0 || !$answer || !$is_whole->($answer);
    }
    print {$fh} "$n answers\n";
    close $fh;
    POSIX::_exit(0);
}

my @readers = (
    [ start_reader('sempervirent', sub { $_[0]{total}{value} == 1 && $_[0]{hits}[0]{title} =~ /everlasting/i }) ],
    [ start_reader('story', sub { $_[0]{total}{value} >= 80 && @{ $_[0]{hits} } == 10 && !grep { !length $_->{title} } @{ $_[0]{hits} } }) ],
);

my $commits = 0;
for my $round (1 .. $rounds) {
    write_article("$archive/$_.txt", $_, $round, 60) for grep { $_ % 3 == $round % 3 } 1 .. 100;
    my $r = indexer('--db', $db, '-q', '--memory=16M', $always, $archive);
    is($r->{status}, 0, "update $round succeeds") or diag($r->{stderr});
}
cmp_ok(info_of($db)->{revision} - $first, '>=', $rounds, 'there were ' . (info_of($db)->{revision} - $first) . ' revisions meanwhile');
for my $option ('--rebuild', '--compact', '--rebuild') {
    my $r = indexer('--db', $db, '-q', '--memory=16M', $option, $option eq '--compact' ? () : ($always, $archive));
    is($r->{status}, 0, "$option succeeds") or diag($r->{stderr});
}
# What else reads, beside a rebuild
my $rebuild = start(program('indexer'), '--db', $db, '-q', '--rebuild', $always, $archive);
for my $option ('--info', '--dump', '--check') {
    my $r = indexer('--db', $db, $option);
    is($r->{status}, 0, "$option beside a rebuild succeeds") or diag($r->{stderr});
}
is(finish($rebuild)->{status}, 0, 'the rebuild succeeds');

# A dump that is read slowly, beside commits that write over what it has not read yet
{
    write_records("$archive/many.jsonl", 1 .. 4000);
    is(indexer('--db', $db, '-q', $always, $archive)->{status}, 0, 'a larger index');
    my $expected = () = indexer('--db', $db, '--dump')->{stdout} =~ /\n/g;
    pipe my $read, my $write or die "pipe: $!";
    my $pid = fork // die "fork: $!";
    if ($pid == 0) {
        POSIX::dup2(fileno $write, 1);
        close $read;
        exec program('indexer'), '--db', $db, '--dump' or POSIX::_exit(127);
    }
    close $write;
    my $n = 0;
    $n += defined scalar <$read> for 1 .. 5;
    for my $edition (1 .. 4) {
        write_records("$archive/many.jsonl", map { [ $_, $edition ] } 1 .. 4000);
        is(indexer('--db', $db, '-q', $always, $archive)->{status}, 0, 'a commit');
    }
    $n++ while <$read>;
    waitpid $pid, 0;
    is($?, 0, '--dump goes on behind what it has printed');
    is($n, $expected, 'and prints each article once');
}

for (@readers) {
    my ($pid, $log) = @$_;
    kill 'TERM', $pid;
    waitpid $pid, 0;
    my @lines = split /\n/, slurp($log);
    my ($answers) = (pop @lines // '') =~ /^(\d+) answers$/;
    cmp_ok($answers || 0, '>', $rounds, ($answers || 0) . ' searches beside it');
    is(scalar @lines, 0, 'not one failed or partial answer') or diag(map { substr($_, 0, 500) . "\n" } @lines[ 0 .. ($#lines > 4 ? 4 : $#lines) ]);
}
indexer('--db', $db, '-q', $always, $archive);
is(scalar(() = glob "$db/gen-*"), 1, 'one generation is left');
is(is_sound($db), '', 'the index is sound');

done_testing();
