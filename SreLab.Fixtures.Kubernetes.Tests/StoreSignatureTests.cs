using FluentAssertions;
using SreLab.Fixtures.Kubernetes.Backups;

namespace SreLab.Fixtures.Kubernetes.Tests;

/// <summary>Requests are signed as Amazon's own examples are (Signature calculations for the Authorization header).</summary>
public sealed class StoreSignatureTests
{
    private const string Host = "examplebucket.s3.amazonaws.com";
    private static readonly StoreSignature Signature = new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    private static readonly DateTimeOffset At = new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_list() =>
        Signature.Authorize("GET", Host, "/", new Dictionary<string, string> { ["prefix"] = "J", ["max-keys"] = "2" }, At).Should().Be(
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, " +
            "Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");

    [Fact]
    public void A_name_without_a_value() =>
        Signature.Authorize("GET", Host, "/", new Dictionary<string, string> { ["lifecycle"] = "" }, At).Should()
            .EndWith("Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");

    [Fact]
    public void The_key_is_in_no_text_of_it() => Signature.ToString().Should().NotContain("wJalr");
}
