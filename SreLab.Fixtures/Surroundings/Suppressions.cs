using System.Diagnostics.CodeAnalysis;

[assembly: SuppressMessage(
    "Interoperability", "CA1416", Scope = "namespaceanddescendants", Target = "~N:SreLab.Fixtures.Surroundings",
    Justification = "The embedded target is for Linux, and says so in its requirements before it does anything.")]
[assembly: SuppressMessage(
    "Reliability", "CA2000", Scope = "namespaceanddescendants", Target = "~N:SreLab.Fixtures.Surroundings",
    Justification = "A lab and its clients live as long as the process that uses them; handlers belong to their clients.")]
