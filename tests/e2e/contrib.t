#!/usr/bin/perl
# contrib.t - the crontab and the systemd units of contrib/ do what they say
#
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use Broadsheet::Archive;

use Time::HiRes qw(sleep time);

my $archive = temp_dir();
write_article("$archive/$_.txt", $_) for 1 .. 400;

# One folder on the PATH, with the program under the name that it is installed by.
my $bin = temp_dir();
spew("$bin/broadsheet-indexer", "#!/bin/sh\nexec '" . program('indexer') . "' \"\$@\"\n");
chmod 0755, "$bin/broadsheet-indexer";

# What a file of contrib/ runs, with places of the test instead of those of a machine.
sub localised {
    my ($command, $db) = @_;
    my $places = $command =~ s{/var/lib/broadsheet/index}{$db}g;
    $command =~ s{/srv/articles}{$archive}g;
    ok($places, "it names an index: $command");
    return $command;
}

# Runs a line as cron does: by a shell, with an environment of four variables. {mail}: what cron would send.
sub as_cron {
    my ($line) = @_;
    my %gone = map { $_ => undef } grep { !/^(?:ASAN|UBSAN|LSAN)_OPTIONS$/ } keys %ENV;
    my $home = temp_dir();
    my $r = run('/bin/sh', '-c', $line, { dir => $home, env => { %gone, HOME => $home, LOGNAME => 'broadsheet', SHELL => '/bin/sh',
        PATH => "$bin:/usr/bin:/bin", LC_ALL => undef, TZ => undef } });
    return { %$r, mail => $r->{stdout} . $r->{stderr} };
}

# An indexer that holds the lock of an index and has stopped.
sub start_holder {
    my ($db) = @_;
    my $it = start(program('indexer'), '-q', '--memory=16M', '--rebuild', '--db', $db, $archive);
    my $until = time + patience(30);
    until (-s "$db/lock" && -e "$db/XAPIANDB" && slurp("$db/lock") =~ /--rebuild/) {
        BAIL_OUT('the indexer takes no lock') if time > $until;
        sleep 0.005;
    }
    kill 'STOP', $it->{pid};
    return $it;
}

my $tab = top_srcdir() . '/contrib/cron/broadsheet.crontab';
my (%variable, @lines);
for (grep { !/^\s*(?:#|$)/ } split /\n/, slurp($tab)) {
    if   (/^(\w+)=(.*)/) { $variable{$1} = $2 }
    else                 { push @lines, $_ }
}

subtest 'the crontab' => sub {
    is(scalar @lines, 2, 'two lines');
    my @commands;
    for (@lines) {
        my ($minute, $hour, $day, $month, $weekday, $user, $command) = split ' ', $_, 7;
        my $fields = grep { /^(?:\*(?:\/\d+)?|\d+)$/ } $minute, $hour, $day, $month, $weekday;
        is($fields, 5, "five fields of time: $minute $hour $day $month $weekday");
        like($user, qr/^[a-z]+$/, 'a user, as in /etc/cron.d');
        unlike($command, qr/%/, 'no %, which would be a line end to cron');
        push @commands, $command;
    }
    my $folders = join ':', '', split(/:/, $variable{PATH} || ''), '';
    like($folders, qr{:$_:}, "the program is found in $_") for '/usr/local/bin', '/usr/bin';

    my $db = temp_dir() . '/db';
    my ($index, $compact) = map { localised($_, $db) } @commands;
    my $r = as_cron($index);
    is("$r->{status} $r->{mail}", '0 ', 'the first run indexes, and sends no mail');
    write_article("$archive/new.txt", 1000);

    my $holder = start_holder($db);
    $r = as_cron($index);
    is($r->{status}, 75, 'while another indexer is at work the line ends with 75');
    is($r->{mail}, '', 'and without a word: no mail');
    cmp_ok($r->{seconds}, '<', patience(2), 'at once');
    $r = as_cron($compact =~ s/--lock-wait=\d+/--lock-wait=0.2/r);
    is($r->{status}, 75, 'what waits for its turn ends with 75 when the time is over');
    like($r->{mail}, qr/^\S+: \Q$db\E: another indexer is at work \(pid \d+, ?host \S+, ?start \S+, ?command .*--rebuild/, 'and a mail that names who is at work');
    kill 'TERM', $holder->{pid};
    kill 'CONT', $holder->{pid};
    finish($holder);

    $r = as_cron($index);
    is("$r->{status} $r->{mail}", '0 ', 'alone it has its turn');
    ok(index(dump_of($db), 'n1000.') >= 0, 'and does its work');
    is_same_dump(dump_of($db), dump_of_new($archive), 'all of it');
    $r = as_cron($compact);
    is("$r->{status} $r->{mail}", '0 ', 'the weekly line succeeds');
    is(is_sound($db), '', 'the index is sound');

    spew("$archive/bad.jsonl", "no json\n");
    age("$archive/bad.jsonl");
    $r = as_cron($index);
    is($r->{status}, 65, 'what is refused: 65');
    like($r->{mail}, qr/bad\.jsonl/, 'and a mail that names it');
    $r = as_cron($index);
    is("$r->{status} $r->{mail}", '0 ', 'once');
    unlink "$archive/bad.jsonl", "$archive/new.txt";
};

subtest 'the systemd units' => sub {
    my $folder = top_srcdir() . '/contrib/systemd';
    my $unit = slurp("$folder/broadsheet-indexer.service");
    my ($command) = $unit =~ /^ExecStart=(.*)$/m;
    my ($fine) = $unit =~ /^SuccessExitStatus=(.*)$/m;
    my $db = temp_dir() . '/db';
    $command = localised($command, $db);
    my $r = as_cron($command);
    is("$r->{status} $r->{mail}", '0 ', 'the service indexes, and logs nothing');
    my $holder = start_holder($db);
    $r = as_cron($command);
    is("$r->{status} $r->{mail}", '75 ', 'while another indexer is at work it ends with 75 and logs nothing');
    ok((grep { $_ == 75 } split ' ', $fine), 'which the service takes for a success');
    kill 'KILL', $holder->{pid};
    finish($holder);
    $r = as_cron($command);
    is("$r->{status} $r->{mail}", '0 ', 'alone it has its turn');
    my ($analyze) = grep { -x } map { "$_/systemd-analyze" } split /:/, $ENV{PATH};
  SKIP: {
        skip 'systemd-analyze is not installed', 1 if !$analyze;
        my $units = temp_dir();
        for my $name (qw(broadsheet-indexer.service broadsheet-indexer.timer)) {
            spew("$units/$name", slurp("$folder/$name") =~ s/^ExecStart=\K\S+/$bin\/broadsheet-indexer/mr =~ s/^User=.*/User=root/mr =~ s/^Documentation=.*\n//mr);
        }
        $r = run($analyze, 'verify', map { "$units/broadsheet-indexer.$_" } qw(service timer));
        my @ours = grep { /broadsheet/ } split /\n/, $r->{stdout} . $r->{stderr};
        is("@ours", '', 'systemd finds nothing wrong with the units');
    }
};

done_testing();
