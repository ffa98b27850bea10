using SreLab.Workloads.PaymentProvider;
using SreLab.Workloads.ServiceDefaults.Hosting;
using SreLab.Workloads.ServiceDefaults.Http;

return await ServiceProgram.RunAsync(args, ProviderService.Name, WellKnownPaths.Liveness, e => ProviderService.Build(e));
