using System.Runtime.Versioning;

// Docker's socket, file modes, loopback addresses by the hundred: what the suite runs on.
[assembly: SupportedOSPlatform("linux")]
[assembly: SupportedOSPlatform("macos")]
