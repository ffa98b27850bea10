using FluentAssertions;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Tests.Evidence;

public sealed class SecretFilterTests
{
    private const string Secret = "pGk7TzqW4nXbR2mV";

    public static TheoryData<string> Planted =>
    [
        $"password={Secret}",
        $"PGPASSWORD='{Secret}' pg_basebackup",
        $"  password: {Secret}",
        $$"""{"username": "postgres", "password": "{{Secret}}"}""",
        $"Authorization: Bearer {Secret}",
        $"Authorization: Basic {Secret}==",
        $"GET http://patroni:{Secret}@127.20.0.11:8008/config",
        $"postgres://app:{Secret}@127.20.0.1:5000/shop",
        $"payment_token={Secret}&amount=3",
        $"API_KEY=\"{Secret}\"",
        $"initial-cluster-token:{Secret}",
    ];

    [Theory]
    [MemberData(nameof(Planted))]
    public void What_stands_where_secrets_stand_is_taken_out_although_nobody_named_it(string line) =>
        new SecretFilter([]).Clean(line).Should().NotContain(Secret).And.Contain(SecretFilter.Removed);

    [Fact]
    public void A_secret_that_is_known_is_taken_out_wherever_it_stands() =>
        new SecretFilter([Secret, Secret + "-longer", ""]).Clean($"a{Secret}b {Secret}-longer").Should().Be("a[removed]b [removed]");

    [Theory]
    [InlineData("2026-12-01 10:00:00,000 INFO: no action. I am (pg-1), the leader with the lock")]
    [InlineData("Connect from 127.0.0.1:40718 to 127.20.0.1:5000 (primary/TCP)")]
    [InlineData("FATAL:  password authentication failed for user \"app\"")]
    [InlineData("http://127.20.0.11:2379/v3/kv/txn")]
    public void What_is_no_secret_stays(string line) => new SecretFilter([Secret]).Clean(line).Should().Be(line);
}
