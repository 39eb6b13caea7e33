#!/usr/bin/perl
# others.t - what is not the indexer's is not touched
#
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use Broadsheet::Archive;

my $archive = temp_dir();
write_article("$archive/$_.txt", $_) for 1 .. 3;

subtest 'a folder that is no index' => sub {
    for my $name ('gen-1/thesis.doc', 'gen-2/postlist.glass', 'notes.txt', '.hidden') {
        my $home = temp_dir();
        spew("$home/$name", 'years of work');
        for my $option ([], ['--rebuild']) {
            my $r = indexer('--db', $home, @$option, $archive);
            is($r->{status}, 73, "no index is made beside $name @$option");
            like($r->{stderr}, qr/^\S+: \Q$home\E: a folder with other things in it, and no index: .*--db$/m, 'and it says what to do');
        }
        is_deeply(tree_files($home), { $name => 'years of work' }, 'nothing was written, nothing removed');
    }
    my $home = temp_dir();
    runs_ok(indexer('--db', $home, '-q', $archive), 'an empty folder is taken');
    $home = temp_dir();
    mkdir "$home/lost+found" or die $!;
    runs_ok(indexer('--db', $home, '-q', $archive), 'and an empty disk');
    $home = temp_dir();
    spew("$home/lock", '');
    spew("$home/gen-1/flintlock", '');
    runs_ok(indexer('--db', $home, '-q', $archive), 'and an index that was interrupted before it had a stub');
    is(is_sound($home), '', 'it is sound');
};

subtest 'a file of somebody else in a generation' => sub {
    my $db = temp_dir();
    spew("$db/lock", '');
    spew("$db/gen-1/thesis.doc", 'years of work');
    my $r = indexer('--db', $db, $archive);
    is($r->{status}, 0, 'is in nobody\'s way');
    like($r->{stderr}, qr{gen-1: holds thesis\.doc, which is no file of an index: it is not removed}, 'it says why');
    is(slurp("$db/gen-1/thesis.doc"), 'years of work', 'the file is there');
};

subtest 'an old generation that cannot be removed' => sub {
    my $db = temp_dir() . '/db';
    runs_ok(indexer('--db', $db, '-q', $archive), 'an index');
    spew("$db/gen-1/$_", '') for 'iamglass', 'sub/thesis.doc';
    spew("$db/gen-3/sub/thesis.doc", '');
    for my $option ([], ['--rebuild'], ['--compact'], ['--rebuild'], []) {
        my $r = indexer('--db', $db, @$option, @$option && $option->[0] eq '--compact' ? () : $archive);
        is($r->{status}, 0, "is no reason to stop: @$option") or diag($r->{stderr});
        like($r->{stderr}, qr{gen-[13]: holds sub, which is no file of an index: it is not removed}, 'it is told');
        is(is_sound($db), '', 'the index is sound');
    }
    is(() = dump_of($db) =~ /\n/g, 3, 'all articles are there');
    ok(-e "$db/gen-$_/sub/thesis.doc", 'what is not the indexer\'s is there') for 1, 3;
    is(scalar(() = glob "$db/gen-*"), 3, 'and nothing else is left');
};

subtest 'the index as a path to index' => sub {
    my $db = temp_dir() . '/db';
    runs_ok(indexer('--db', $db, '-q', $archive), 'an index');
    my $r = indexer('--db', $db, '--include=*', $db);
    is($r->{status}, 65, 'is refused');
    like($r->{stderr}, qr{^\S+: \Q$db\E: it is the index$}m, 'which is said');
    is(() = dump_of($db) =~ /\n/g, 3, 'and none of its files is an article');
};

done_testing();
