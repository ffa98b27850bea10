using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class PlatformGuardsTests
{
    private static readonly PlatformRecord Good = PlatformSamples.Good();

    [Fact]
    public void A_stopped_call_beside_one_that_passes_proves_the_policies() =>
        PlatformGuards.Policies(Good).Should().BeEquivalentTo(new { Kind = VerdictKind.Holds, Measured = "allowed: connected, denied: timed out" });

    [Fact]
    public void Policies_that_nobody_enforces_are_broken() =>
        PlatformGuards.Policies(Good with { Calls = [.. Good.Calls!.Select(c => c with { Attempts = Good.Calls![0].Attempts })] })
            .Should().BeEquivalentTo(new { Kind = VerdictKind.Broken, Summary = "another pod reached srelab-rw:5432, and no policy lets it: the cluster's network does not enforce network policies, or the lab's are gone" });

    [Fact]
    public void A_client_that_is_stopped_is_broken() =>
        PlatformGuards.Policies(Good with { Calls = [Good.Calls![0] with { Attempts = ["refused", "refused", "timed out"] }, Good.Calls[1]] })
            .Summary.Should().Be("a client did not reach srelab-rw:5432 (timed out), and a policy lets it");

    [Fact]
    public void One_kind_of_call_alone_or_too_few_attempts_prove_nothing()
    {
        PlatformGuards.Policies(Good with { Calls = [Good.Calls![1]] }).Kind.Should().Be(VerdictKind.Unknown);
        PlatformGuards.Policies(Good with { Calls = [Good.Calls![0]] }).Kind.Should().Be(VerdictKind.Unknown);
        PlatformGuards.Policies(Good with { Calls = [] }).Kind.Should().Be(VerdictKind.Unknown);
        PlatformGuards.Policies(Good with { Calls = [Good.Calls![0], Good.Calls[1] with { Attempts = ["timed out", "timed out"] }] }).Summary.Should().Be("another pod called srelab-rw:5432 2 times, and 3 are needed");
    }

    [Fact]
    public void A_team_that_is_answered_as_its_role_says_is_confined() =>
        PlatformGuards.Teams(Good).Should().BeEquivalentTo(new { Kind = VerdictKind.Holds, Measured = "3 of 3 as wanted" });

    [Theory]
    [InlineData(0, RightRecord.Refused, VerdictKind.Broken, "team-invoicing was refused: list pods in srelab-invoicing")]
    [InlineData(1, RightRecord.Allowed, VerdictKind.Broken, "team-invoicing was allowed: list secrets in srelab-invoicing")]
    [InlineData(2, RightRecord.Allowed, VerdictKind.Broken, "team-invoicing was allowed: create pods/exec in srelab-invoicing")]
    [InlineData(1, "500 etcd is away", VerdictKind.Unknown, "team-invoicing could not list secrets in srelab-invoicing: 500 etcd is away")]
    public void A_wrong_right_is_named(int which, string answer, VerdictKind kind, string says) =>
        PlatformGuards.Teams(Good with { Rights = [.. Good.Rights!.Select((r, i) => i == which ? r with { Answer = answer } : r)] })
            .Should().BeEquivalentTo(new { Kind = kind, Summary = says });

    [Fact]
    public void Questions_alone_are_no_proof()
    {
        PlatformGuards.Teams(Good with { Rights = [.. Good.Rights!.Select(r => r with { IsReal = false })] }).Kind.Should().Be(VerdictKind.Unknown);
        PlatformGuards.Teams(Good with { Rights = [.. Good.Rights!.Where(r => r.IsOwn)] }).Summary.Should().Be("team-invoicing made no request that must be refused");
        PlatformGuards.Teams(Good with { Rights = [] }).Summary.Should().Be("no account was tried");
    }

    [Fact]
    public void A_refused_privileged_pod_beside_one_that_is_taken_holds() =>
        PlatformGuards.Admission(Good).Should().BeEquivalentTo(new { Kind = VerdictKind.Holds, Measured = "refused in 1 of 1" });

    [Theory]
    [InlineData("restricted", "accepted", "accepted", VerdictKind.Broken, "srelab-database takes a privileged pod")]
    [InlineData("baseline", "403 violates PodSecurity", "accepted", VerdictKind.Broken, "srelab-database enforces level 'baseline', not restricted")]
    [InlineData("restricted", "403 quota exceeded", "accepted", VerdictKind.Unknown, "srelab-database refused the privileged pod for another reason: 403 quota exceeded")]
    [InlineData("restricted", "403 violates PodSecurity", "403 quota exceeded", VerdictKind.Unknown, "srelab-database refuses a pod without privileges too: 403 quota exceeded")]
    public void A_wrong_admission_is_named(string level, string privileged, string sound, VerdictKind kind, string says)
    {
        var verdict = PlatformGuards.Admission(Good with { Admissions = [new AdmissionRecord("srelab-database", level, true, privileged, sound)] });

        verdict.Kind.Should().Be(kind);
        verdict.Summary.Should().EndWith(says);
    }

    [Fact]
    public void Without_a_namespace_of_data_nothing_was_tried() =>
        PlatformGuards.Admission(Good with { Admissions = [Good.Admissions![1]] }).Kind.Should().Be(VerdictKind.Unknown);
}
