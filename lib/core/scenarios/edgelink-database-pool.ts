import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const edgelinkDatabasePool: Scenario = {
  title: 'EdgeLink: a wrong database pool fails 12 % of the requests, but only under load, 20 min after the deploy',
  topic: 'EdgeLink: wrong database pool',
  shouldGoBack: true,
  story: aBadDeploy({
    deploys: [
      { at: days(-1), image: GOOD, env: { DB_POOL: '50' } },
      { at: 0, image: GOOD, env: { DB_POOL: '5' } },
    ],
    alert: {
      began: minutes(20),
      fired: minutes(22),
      readings: [
        { at: days(-1), value: 0.001 },
        { at: minutes(20), value: 0.12 },
      ],
    },
  }),
  moments: [rollsBack(minutes(22), GOOD)],
}
