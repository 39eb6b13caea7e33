#!/usr/bin/perl
# stub.t - an index whose stub is lost, damaged or wrong
#
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use Broadsheet::Archive;

my $archive = temp_dir();
write_article("$archive/$_.txt", $_) for 1 .. 5;
my $expected = dump_of_new($archive);

sub new_index {
    my $db = temp_dir() . '/db';
    runs_ok(indexer('--db', $db, '-q', $archive), 'an index');
    return $db;
}

sub generations { return join ' ', map { s{.*/}{}r } glob "$_[0]/gen-*" }

for ([ 'names a generation that is not there', "glass gen-9\n" ], [ 'names an unfinished one', "glass gen-3\n" ],
    [ 'is empty', '' ], [ 'is damaged', "gl\0ss" ]) {
    my ($how, $stub) = @$_;
    subtest "a stub that $how" => sub {
        my $db = new_index();
        spew("$db/gen-3/facts.tmp", '');
        spew("$db/XAPIANDB", $stub);
        my $before = tree_files(generation_folder($db));
        my $r = indexer('--db', $db, $archive);
        is($r->{status}, 74, 'it is an error');
        like($r->{stderr}, qr/XAPIANDB.*--rebuild/, 'that says what to do');
        is_deeply(tree_files(generation_folder($db)), $before, 'the generation is there');
        is(slurp("$db/XAPIANDB"), $stub, 'and the stub as it was');

        unlink "$db/XAPIANDB" or die $!;
        $r = indexer('--db', $db, $archive);
        is($r->{status}, 0, 'without the stub it goes on');
        like($r->{stderr}, qr/there is no XAPIANDB: gen-2 is taken/, 'saying with what');
        like($r->{stderr}, qr/5 articles.* unchanged|5 unchanged/, 'nothing is read anew') or diag($r->{stderr});
        is_same_dump(dump_of($db), $expected, 'all articles are there');
        is(generations($db), 'gen-2', 'the unfinished one is removed');

        spew("$db/XAPIANDB", $stub);
        spew("$db/gen-3/facts.tmp", '');
        $r = indexer('--db', $db, '--rebuild', "$archive/1.txt");
        is($r->{status}, 75, 'a rebuild of less is no way to lose the others');
        is(slurp("$db/XAPIANDB"), $stub, 'and changes nothing');
        $r = indexer('--db', $db, '--rebuild', $archive);
        is($r->{status}, 0, 'one of all mends it') or diag($r->{stderr});
        is(generations($db), $stub =~ /9/ ? 'gen-10' : 'gen-4', 'behind all that there were');
        is_same_dump(dump_of($db), $expected, 'all articles are there');
        is(is_sound($db), '', 'the index is sound');
    };
}

sub generation_folder { return "$_[0]/gen-2" }

subtest 'no stub, and nothing that can be opened' => sub {
    my $db = new_index();
    unlink "$db/XAPIANDB", "$db/gen-2/iamglass";
    my $r = indexer('--db', $db, $archive);
    is($r->{status}, 74, 'it is an error');
    like($r->{stderr}, qr/--rebuild/, 'that says what to do');
    runs_ok(indexer('--db', $db, '-q', '--rebuild', $archive), 'a rebuild mends it');
    is_same_dump(dump_of($db), $expected, 'all articles are there');
};

done_testing();
