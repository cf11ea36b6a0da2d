// Packages are ours: a module has no node_modules.
export * from '@microsoft/signalr';
