import { expect, test } from 'vitest';
import { modelIds } from '@/lib/catalog/models';
import { faultsInViews, faultsInWindows, languages, speak } from '../support/layouts';
import { enter, offered, press, setField, stepOf } from '../support/playground';
import { someOf } from '../support/rounds';
import { until } from '../support/until';
import { shareWorld } from '../support/world';

const { server, browser } = await shareWorld();

test.each(modelIds)(
  '%s: nothing is cut, covered or out of reach at nine sizes, empty, training, paused and ended',
  async (model) => {
    const link = `${server.url}/p/${await server.createPlayground()}`;
    const { page, complaints } = await enter(browser, link);
    await page.getByRole('combobox', { name: 'Model', exact: true }).selectOption(model);
    await setField(page, 'Epochs', 1000);
    const faults: string[] = [];
    const look = async (state: string, hasViews: boolean) => {
      for (const language of someOf(languages, modelIds.indexOf(model))) {
        await speak(page, language);
        faults.push(...(await faultsInWindows(page, `${state}, ${language}`, true)));
        if (hasViews) faults.push(...(await faultsInViews(page, `${state}, ${language}`)));
      }
      await speak(page, 'en');
    };
    await look('empty', false);
    await press(page, 'Train');
    await until('some steps', async () => (await stepOf(page)) >= 10);
    await look('training', false);
    await press(page, 'Pause');
    await offered(page, 'Resume');
    await look('paused', true);
    await press(page, 'Stop');
    await page.getByText('Stopped', { exact: true }).first().waitFor();
    await look('ended', false);
    expect(faults).toEqual([]);
    await page.context().close();
    expect(complaints).toEqual([]);
  },
  900_000,
);
