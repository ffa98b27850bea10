using System.Diagnostics;
using FluentAssertions;
using SreLab.Fixtures.Processes;
using SreLab.Fixtures.Tests.Conventions;
using SreLab.Workloads.Tests.Running;

namespace SreLab.Workloads.Tests.Images;

/// <summary>The lint of the Dockerfiles passes what is in order and sees each thing that it forbids.</summary>
public sealed class ImageLintTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("srelab-images");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_Dockerfiles_are_in_order() => (await LintAsync("workloads")).Should().Be((0, ""));

    [Theory]
    [InlineData("aspnet:10.0.0-noble-chiseled", "aspnet:latest", "without an exact version")]
    [InlineData("aspnet:10.0.0-noble-chiseled", "aspnet:10.0", "without an exact version")]
    [InlineData("USER $APP_UID", "USER root", "runs as root")]
    [InlineData("USER $APP_UID", "USER 0", "runs as root")]
    [InlineData("USER $APP_UID", "", "runs as root")]
    [InlineData("HEALTHCHECK ", "# ", "no HEALTHCHECK")]
    [InlineData("ENTRYPOINT [\"dotnet\", \"invoice-app.dll\"]", "ENTRYPOINT dotnet invoice-app.dll", "no ENTRYPOINT")]
    [InlineData("EXPOSE 8080", "EXPOSE 80", "does not expose 8080")]
    [InlineData("COPY eng/BannedSymbols.txt eng/", "ADD eng/BannedSymbols.txt eng/", "ADD fetches")]
    [InlineData("EXPOSE 8080", "ENV DATABASE_PASSWORD=x\nEXPOSE 8080", "a secret")]
    [InlineData("RUN dotnet restore", "COPY workloads/invoice-app/ workloads/invoice-app/\nRUN dotnet restore", "before the restore")]
    public async Task The_lint_itself_sees_what_it_forbids(string text, string instead, string problem)
    {
        var service = Directory.CreateDirectory(Path.Combine(_folder.FullName, "invoice-app"));
        var sound = Repository.Read("workloads/invoice-app/Dockerfile");
        sound.Should().Contain(text);
        await File.WriteAllTextAsync(Path.Combine(service.FullName, "Dockerfile"), sound.Replace(text, instead, StringComparison.Ordinal), Answers.Ct);

        var (status, said) = await LintAsync(_folder.FullName);

        status.Should().Be(1);
        said.Should().Contain(problem);
    }

    private static async Task<(int Status, string Said)> LintAsync(string folder)
    {
        var start = ChosenEnvironment.Start(Repository.PathOf("scripts/check-images"), ["--lint", folder]);
        (start.RedirectStandardError, start.RedirectStandardOutput) = (true, true);
        using var lint = Process.Start(start)!;
        var said = await lint.StandardError.ReadToEndAsync(Answers.Ct);
        await lint.WaitForExitAsync(Answers.Ct);
        return (lint.ExitCode, said);
    }
}
