#!/usr/bin/env perl
# Copies folders of files, one way, in Perl with nothing but what comes with it: written from
# docs/protocol.md alone. Each folder below `from` is an item; what is only in `to` is left alone.
#
#   handlers:
#     copies:
#       command: [perl, ./copies.pl]
use strict;
use warnings;
use Digest::SHA;
use File::Copy ();
use File::Path ();
use IO::Select;
use JSON::PP;

my $json  = JSON::PP->new->utf8->canonical;
my $input = IO::Select->new(\*STDIN);
my $held  = '';

my ($from, $to, $pause) = ('', '', 0);
my (@chosen, @plan, @approved, %left_out);
my $stopped = 0;

# Lines out and in. Input is looked at between any two files, so a skip is known in the middle of an item.

sub say_message {
    my ($message) = @_;
    my $line = $json->encode({ jsonrpc => '2.0', %$message }) . "\n";
    while (length $line) {
        my $written = syswrite(STDOUT, $line);
        exit 0 unless defined $written;
        substr($line, 0, $written) = '';
    }
}

sub notify {
    my ($method, %params) = @_;
    say_message({ method => $method, params => \%params });
}

# The next message, or nothing: at the end of the input, or, without waiting, when none is there.
sub next_message {
    my ($waits) = @_;
    while ($held !~ /\n/) {
        return undef unless $waits || $input->can_read(0);
        my $read = sysread(STDIN, $held, 65_536, length $held);
        exit 0 unless $read;
    }
    $held =~ s/^(.*?)\n//s;
    return $json->decode($1);
}

sub look_at_input {
    while (my $message = next_message(0)) { hear($message) }
}

sub hear {
    my ($message) = @_;
    my ($id, $method, $params) = @{$message}{qw(id method params)};
    return unless defined $method;
    return hear_told($method, $params) unless defined $id;
    my $answer = main->can("answer_$method");
    return fail($id, -32601, "there is no method $method") unless $answer;
    my $result = eval { $answer->($params) };
    return say_message({ id => $id, result => $result }) unless $@;
    my $failure = $@;
    return fail($id, -32000, "$failure") unless ref $failure;
    fail($id, -32000, $failure->{text}, { code => $failure->{code}, retry => $failure->{retry} });
}

sub hear_told {
    my ($method, $params) = @_;
    if ($method eq 'cancel' && !defined $params->{item}) { $stopped = 1 }
    elsif ($method eq 'cancel' || $method eq 'setItemStatus') { $left_out{ $params->{item} } = 1 }
    elsif ($method eq 'approved') { push @approved, @{ $params->{changes} } }
}

sub fail {
    my ($id, $code, $message, $data) = @_;
    my %error = (code => $code, message => $message);
    $error{data} = $data if $data;
    say_message({ id => $id, error => \%error });
}

# Requests.

sub answer_initialize {
    return { protocol => 1, features => [], handler => { name => 'copies', version => '1.0.0' } };
}

sub answer_open {
    my ($params) = @_;
    ($from, $to) = @{ $params->{settings} }{qw(from to)};
    for my $key (qw(from to)) {
        my $value = $params->{settings}{$key};
        refuse('copies-setting', "The setting $key is missing: name a folder.") unless defined $value;
    }
    refuse('copies-gone', "There is no folder $from. Is its disk connected?") unless -d $from;
    $pause = 1 / ($params->{settings}{per_second} // 1_000);
    return { accepted => JSON::PP::true };
}

sub answer_describe { return { name => 'Copies' } }

sub answer_items {
    my @items = map { { id => $_, name => $_ } } grep { -d "$from/$_" } names($from);
    return { items => \@items };
}

sub answer_prepare {
    my ($params) = @_;
    @chosen = @{ $params->{items} };
    @plan   = defined $params->{approved} ? @approved : map { changes($_) } @chosen;
    @approved = ();
    my @rest = @plan;
    while (my @some = splice @rest, 0, 500) { notify('plan', changes => \@some) }
    return { outcome => 'ready', plan => { facts => [ map { facts($_) } @chosen ] } };
}

sub answer_synchronize {
    my (%counts, $bytes);
    for my $item (@chosen) {
        look_at_input();
        my $fate = fate($item) // copy_all($item, \%counts, \$bytes);
        notify('progress', item => $item, status => $fate);
    }
    return { outcome => 'done', counts => \%counts, bytes => $bytes // 0 };
}

sub answer_close { return undef }

# The work.

sub changes {
    my ($item) = @_;
    return map { change($item, $_) } names("$from/$item");
}

sub change {
    my ($item, $name) = @_;
    my ($source, $target) = ("$from/$item/$name", "$to/$item/$name");
    return () unless -f $source;
    my ($wanted, $found) = (digest($source), digest($target));
    return () if defined $found && defined $wanted && $found eq $wanted;
    return {
        item   => $item,
        side   => 'right',
        kind   => defined $found ? 'update' : 'create',
        path   => $name,
        bytes  => -s $source,
        detail => { wanted => $wanted, found => $found },
    };
}

sub facts {
    my ($item) = @_;
    my @overwrites = grep { $_->{item} eq $item && $_->{kind} eq 'update' } @plan;
    my @known      = names("$to/$item");
    return {
        item       => $item,
        known      => { right => scalar @known },
        overwrites => { right => scalar @overwrites },
    };
}

# As what an item is to be left, if it is.
sub fate {
    my ($item) = @_;
    return 'stopped' if $stopped;
    return $left_out{$item} ? 'skipped' : undef;
}

sub copy_all {
    my ($item, $counts, $bytes) = @_;
    my @mine = grep { $_->{item} eq $item } @plan;
    my $value = 0;
    notify('progress', item => $item, status => 'updating', value => 0, max => scalar @mine);
    for my $change (@mine) {
        look_at_input();
        my $fate = fate($item);
        return $fate if defined $fate;
        my $problem = copy_one($change);
        if (defined $problem) {
            my $text = "$change->{path} $problem";
            notify('log', level => 'error', text => $text, item => $item, subject => $change->{path},
                code => 'copies-left-alone');
        }
        else {
            $counts->{"right.$change->{kind}"}++;
            $$bytes += $change->{bytes};
        }
        notify('progress', item => $item, value => ++$value, text => $change->{path});
        select undef, undef, undef, $pause;
    }
    return 'succeeded';
}

# What was wrong, if anything was. The copy takes its name only when it is whole.
sub copy_one {
    my ($change) = @_;
    my ($source, $target) = map { "$_/$change->{item}/$change->{path}" } $from, $to;
    my ($wanted, $found) = @{ $change->{detail} }{qw(wanted found)};
    my $changed = 'changed meanwhile and was left alone.';
    return $changed unless same(digest($source), $wanted) && same(digest($target), $found);
    File::Path::make_path("$to/$change->{item}");
    my $beside = "$to/$change->{item}/.new-$$";
    return "cannot be copied: $!" unless File::Copy::copy($source, $beside);
    return rename($beside, $target) ? undef : "cannot be put in its place: $!";
}

sub same {
    my ($one, $other) = @_;
    return defined $one ? defined $other && $one eq $other : !defined $other;
}

sub digest {
    my ($path) = @_;
    return undef unless -f $path;
    return eval { Digest::SHA->new(256)->addfile($path, 'b')->hexdigest };
}

sub names {
    my ($folder) = @_;
    opendir(my $handle, $folder) or return ();
    return sort grep { !/^\./ } readdir $handle;
}

sub refuse {
    my ($code, $text) = @_;
    die { code => $code, text => $text, retry => 'needs-person' };
}

while (my $message = next_message(1)) { hear($message) }
