/** `node dist/bench/economy-day.js [--small]`: a day of whole networks, without the other benchmarks. */
import { benchEconomy } from "./economy.ts";
import { print } from "./print.ts";

benchEconomy(process.argv.includes("--small"), print);
