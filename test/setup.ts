import fc from 'fast-check';

/** The same cases in every run. Others are tried with `EARSHOT_TEST_SEED=$RANDOM npm test`. */
fc.configureGlobal({ seed: Number(process.env.EARSHOT_TEST_SEED ?? 20_260_101) });
