import { checkPolicy } from './check-policy.ts';

process.exitCode = checkPolicy(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
});
