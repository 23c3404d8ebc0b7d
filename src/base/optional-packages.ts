/** Packages that a site installs only if it uses what needs them. */

/** A package, and the version that Broadsheet is tested with. */
export interface OptionalPackage {
  name: string;
  version: string;
}

/** Whether a package is installed where Broadsheet can load it. It may still lack a binary for this machine. */
export function isInstalled({ name }: OptionalPackage): boolean {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
}

/** Command that installs a package. */
export const installCommand = ({ name, version }: OptionalPackage): string =>
  `npm install ${name}@${version}`;
