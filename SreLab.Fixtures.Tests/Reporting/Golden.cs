using System.Runtime.CompilerServices;
using FluentAssertions;
using SreLab.Fixtures.Tests.Conventions;

namespace SreLab.Fixtures.Tests.Reporting;

/// <summary>Compares text with a stored one, with Verify's file names: changing over to Verify is mechanical.</summary>
/// <remarks>A difference leaves <c>*.received.*</c> beside <c>*.verified.*</c>; to accept it, move the one onto the other.</remarks>
internal static class Golden
{
    public static void Verify(string received, string name, string extension, [CallerFilePath] string caller = "")
    {
        var test = Path.GetFileNameWithoutExtension(caller);
        var stem = Repository.PathOf($"SreLab.Fixtures.Tests/Reporting/{test}.{name}");
        var verified = $"{stem}.verified.{extension}";
        var expected = File.Exists(verified) ? File.ReadAllText(verified) : "";
        if (expected == received)
        {
            File.Delete($"{stem}.received.{extension}");
            return;
        }

        File.WriteAllText($"{stem}.received.{extension}", received);
        received.Should().Be(expected, "it was verified as {0}; if the change is meant: mv {1} {0}", Repository.RelativeOf(verified), Repository.RelativeOf($"{stem}.received.{extension}"));
    }
}
