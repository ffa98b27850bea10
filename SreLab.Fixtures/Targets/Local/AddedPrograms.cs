namespace SreLab.Fixtures.Targets.Local;

/// <summary>Programs that come and go while the lab's supervisor runs: a file each, and the supervisor told.</summary>
/// <param name="folder">Where the files are: one folder for each kind of programs, so that none takes another's for its own.</param>
/// <param name="supervisor">Told of every change.</param>
internal sealed class AddedPrograms(string folder, SupervisorClient supervisor)
{
    /// <summary>Every program that has a file.</summary>
    public IReadOnlyList<string> Deployed() => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*.conf").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Makes just these programs run with just these sections.</summary>
    /// <returns>Which were started; one that ran so already is left alone.</returns>
    public async Task<IReadOnlyList<string>> ApplyAsync(IReadOnlyDictionary<string, string> sections, CancellationToken ct)
    {
        var changed = sections.Where(s => !File.Exists(FileOf(s.Key)) || File.ReadAllText(FileOf(s.Key)) != s.Value).Select(s => s.Key).ToArray();
        await supervisor.StopAllAsync(changed, ct);
        foreach (var program in changed)
        {
            await File.WriteAllTextAsync(FileOf(program), sections[program], ct);
        }

        await supervisor.ReloadAsync(ct);
        foreach (var program in changed)
        {
            await supervisor.AddAsync(program, ct);
        }

        var running = (await supervisor.ProgramsAsync(ct) ?? []).Where(p => p.IsUp).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var started = sections.Keys.Where(p => !running.Contains(p)).Order(StringComparer.Ordinal).ToArray();
        await Task.WhenAll(started.Select(p => supervisor.StartAsync(p, ct)));
        return started;
    }

    /// <summary>Ends every program that has a file, and forgets it.</summary>
    public Task RemoveAllAsync(CancellationToken ct) => RemoveAsync(Deployed(), ct);

    /// <summary>Ends these programs, and forgets them.</summary>
    public async Task RemoveAsync(IReadOnlyList<string> programs, CancellationToken ct)
    {
        await supervisor.StopAllAsync(programs, ct);
        foreach (var program in programs)
        {
            File.Delete(FileOf(program));
        }

        await supervisor.ReloadAsync(ct);
        foreach (var program in programs)
        {
            await supervisor.RemoveAsync(program, ct);
        }
    }

    private string FileOf(string program) => Path.Combine(folder, program + ".conf");
}
